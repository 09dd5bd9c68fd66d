import type { Population } from '../../support/manyPairs';
import { say } from '../progress';
import { measured, type Measured } from '../report';
import { callsIn, people, preview, type Bench, withSettings, withSync } from './figures';

const nobody: Population = {
	both: 0,
	contactsOnly: 0,
	leadsOnly: 0,
	agree: false,
	tagged: true,
};

/** A row of the field table by which leads follow their contacts. */
const TO_HEYREACH = [
	...[
		['firstName', 'firstName'],
		['lastName', 'lastName'],
		['companyName', 'companyName'],
	].map(([ghlField, heyReachField]) => ({
		...{ ghlField, heyReachField },
		direction: 'AtoB',
		rule: 'A',
	})),
	{
		ghlField: 'custom',
		ghlCustomField: 'LinkedIn profile',
		heyReachField: 'profileUrl',
		direction: 'AtoB',
		rule: 'A',
	},
];

/** The calls of a run beyond those of its preview, which reads the same and writes nothing. */
async function beyondPreview(bench: Bench, service: string): Promise<number> {
	const reading = callsIn(await preview(bench), service);
	return (await callsOfRun(bench, service)) - reading;
}

async function callsOfRun({ sandbox, sync }: Bench, service: string): Promise<number> {
	await sandbox.forget();
	await sync.run();
	const counts = await sandbox.counts();
	say(`  ${JSON.stringify(counts)}`);
	return callsIn(counts, service);
}

/** How many calls a record costs that is written. */
export async function callsPerRecord(): Promise<Measured[]> {
	return [
		...(await contactUpdates()),
		...(await contactCreates()),
		...(await newLeads()),
		...(await changedLeads()),
	];
}

async function contactUpdates(): Promise<Measured[]> {
	const both = people(2_000);
	say('scale/calls-per-contact-update');
	return await withSync({ ...nobody, both }, withSettings({}), async (bench) => {
		const calls = await beyondPreview(bench, 'highlevel');
		return [measured('scale/calls-per-contact-update', 'calls', calls / both, 2.02, 'aim')];
	});
}

async function contactCreates(): Promise<Measured[]> {
	const leadsOnly = people(2_000);
	say('scale/calls-per-contact-create');
	return await withSync(
		{ ...nobody, leadsOnly },
		withSettings({ createInGhl: true }),
		async (bench) => {
			const calls = await beyondPreview(bench, 'highlevel');
			return [measured('scale/calls-per-contact-create', 'calls', calls / leadsOnly, 1.1, 'aim')];
		},
	);
}

async function newLeads(): Promise<Measured[]> {
	const contactsOnly = people(10_000);
	say('scale/calls-per-lead/new');
	return await withSync(
		{ ...nobody, contactsOnly, profiles: true },
		withSettings({ createInHeyReach: true }, { fields: TO_HEYREACH }),
		async (bench) => {
			const calls = await beyondPreview(bench, 'heyreach');
			return [measured('scale/calls-per-lead/new', 'calls', calls / contactsOnly, 0.05, 'aim')];
		},
	);
}

async function changedLeads(): Promise<Measured[]> {
	const both = people(10_000);
	say('scale/calls-per-lead/changed');
	return await withSync(
		{ ...nobody, both, agree: true, profiles: true },
		withSettings({}, { fields: TO_HEYREACH, allowUpdates: both }),
		async (bench) => {
			const { sandbox, sync } = bench;
			const reading = callsIn(await preview(bench), 'heyreach');
			await sync.run();
			await sandbox.editContacts(both);
			const calls = (await callsOfRun(bench, 'heyreach')) - reading;
			return [measured('scale/calls-per-lead/changed', 'calls', calls / both, 0.05, 'aim')];
		},
	);
}
