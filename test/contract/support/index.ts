/** Independent witnesses of HighLevel's API: its official OpenAPI files and its official SDK. */
export type { OfficialApi, OfficialOperation, ReceivedResponse, SentRequest } from './officialApi';
export * from './openapi';
export { officialSdk, type OfficialSdk, type WireCall } from './sdk';
