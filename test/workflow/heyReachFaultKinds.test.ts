import { faultRig } from './faults/rig';
import { everyKind } from './faults/everyKind';
import { heyReachSubjects } from './faults/subjects';

const rig = faultRig('heyreach');

everyKind('heyreach', heyReachSubjects, () => rig.bench);
