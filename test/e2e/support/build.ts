import { ensureBuilt } from '../../../tools/n8n/pack';

/** Before any e2e file: two of them at once must not build into the same folder. */
export default ensureBuilt;
