import type { Resource } from '../../engine/operation';
import { appointment } from './appointment';
import { business } from './business';
import { contact } from './contact';
import { contactNote } from './contactNote';
import { contactTag } from './contactTag';
import { contactTask } from './contactTask';
import { customField } from './customField';

/** Every operation of GHL Contacts; the tests and the catalog walk this list. */
export const ghlResources: Resource[] = [
	contact,
	contactTag,
	contactNote,
	contactTask,
	appointment,
	business,
	customField,
];
