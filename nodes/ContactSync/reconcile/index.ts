/**
 * The reconciler: a plan is a function of what both sides are now, what they were when they were last
 * in step, and the policy. No clock, no network, no chance: the same input gives the same plan.
 *
 *     plan:   records of A and B, links, answers, policy -> writes for A and B, review, rows to store
 *     commit: the writes with what was read back         -> rows to store
 *
 * Between the two, other nodes store rows and carry out the writes. A run may end at any point: the
 * next plan begins from what is there.
 */
export { DEFAULT_LIMITS } from './5-emit/brakes';
export { fieldsKnown } from './state/mergeBase';
export { newestLinks, newestRunRow } from './state/linksTable';
export { commit, linkedToNobody, outcomeOf } from './commit';
export { plan } from './plan';
export * from './contract/output';
export * from './contract/rows';
export * from './contract/input';
