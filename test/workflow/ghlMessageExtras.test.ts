import { SANDBOX } from '../../sandbox';
import { ghlMessageExtraExamples } from '../examples/ghlMessageExtras';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const example = (key: string) => ghlMessageExtraExamples[key](sandbox);

describe('a file in an answer', () => {
	it('goes out as binary data, byte for byte, with its name and type', async () => {
		const { outputs, error } = await runGhl(
			sandbox,
			'message:getRecording',
			example('message:getRecording'),
		);
		expect(error).toBeUndefined();
		const [{ json, binary }] = outputs[0];
		expect(json).toMatchObject({ fileName: 'sbxMessageTYPE_CALL.wav', mimeType: 'audio/x-wav' });
		expect(Buffer.from(binary?.data.data ?? '', 'base64')).toEqual(
			Buffer.from([0x52, 0x49, 0x46, 0x46, 0xff, 0x00, 0xfe, 0x80]),
		);
	});

	it('keeps its letters and goes into the field that was chosen', async () => {
		const { outputs } = await runGhl(
			sandbox,
			'message:downloadTranscription',
			example('message:downloadTranscription'),
		);
		const { data = '', mimeType } = outputs[0][0].binary?.transcription ?? {};
		expect(Buffer.from(data, 'base64').toString()).toContain('“Grüße”');
		expect(mimeType).toBe('text/plain');
	});

	it('that is not there is an error in the words of HighLevel', async () => {
		const [messageId] = sandbox.state.messages.keys();
		const { error } = await runGhl(sandbox, 'message:getRecording', {
			messageId: byId(messageId),
		});
		expect(error?.message).toBe(
			`HighLevel found nothing there: Recording of message with id ${messageId} not found`,
		);
	});

	it('is asked for again after a fault', async () => {
		sandbox.faults.add({ path: '/recording$', kind: 'status', status: 503, times: 1 });
		const { outputs, error } = await runGhl(
			sandbox,
			'message:getRecording',
			example('message:getRecording'),
		);
		expect(error).toBeUndefined();
		expect(outputs[0][0].binary?.data.fileSize).toBe('8 B');
	});
});

describe('the export of a location', () => {
	it('asks for at least ten messages and puts out as many as were asked for', async () => {
		const { json } = await runGhl(sandbox, 'message:getManyOfLocation', { limit: 3 });
		expect(json).toHaveLength(3);
		const [{ query }] = sandbox.requests.list({ service: 'highlevel' });
		expect(query).toMatchObject({ limit: '10', locationId: SANDBOX.locationId });
	});

	it('follows the cursor to the end, each message once', async () => {
		const [one] = sandbox.state.messages.values();
		for (let number = 0; number < 1_200; number++) {
			const id = `export${String(number).padStart(4, '0')}`;
			sandbox.state.messages.set(id, { ...one, id });
		}
		const { json } = await runGhl(sandbox, 'message:getManyOfLocation', { returnAll: true });
		const own = [...sandbox.state.messages.values()].filter(
			({ locationId }) => locationId === SANDBOX.locationId,
		);
		expect(new Set(json.map(({ id }) => id)).size).toBe(own.length);
		expect(json).toHaveLength(own.length);
		expect(callsOf(sandbox)).toHaveLength(Math.ceil(own.length / 500));
	});
});

it('a message that HighLevel did not cancel is an error, though the answer is a success', async () => {
	const messageId = [...sandbox.state.messages.values()].find(
		({ status }) => status !== 'scheduled',
	)?.id;
	const { error } = await runGhl(sandbox, 'message:cancelScheduled', {
		messageId: byId(messageId ?? ''),
	});
	expect(error?.message).toBe('HighLevel did not cancel it: Failed cancel the scheduled message');
});

it('an upload puts out the address of each file', async () => {
	const { json, error } = await runGhl(
		sandbox,
		'message:uploadAttachments',
		example('message:uploadAttachments'),
	);
	expect(error).toBeUndefined();
	expect(Object.keys(json[0].uploadedFiles ?? {})).toEqual(['offer “one”.pdf']);
});

it('an address is unsubscribed from a subtype, and all are subscribed again with a reason', async () => {
	const { contactId, email, ...change } = example('emailSubscription:update');
	const of = { contactId, email };
	await runGhl(sandbox, 'emailSubscription:update', { ...of, ...change });
	const status = async () =>
		(await runGhl(sandbox, 'emailSubscription:get', { contactId, ofEmail: email })).json[0];
	expect(await status()).toMatchObject({ unsubscribed: ['sbxCustomSubtype0001'] });
	const again = await runGhl(sandbox, 'emailSubscription:update', {
		...of,
		emails: 'resub_all',
		additionalFields: { legal_reason: 'Asked for it' },
	});
	expect(again.error).toBeUndefined();
	expect(await status()).toMatchObject({ unsubscribed: [] });
	const none = await runGhl(sandbox, 'emailSubscription:update', {
		...of,
		contactId: byId('nobody'),
		emails: 'default',
		subscription: 'unsubscribed',
	});
	expect(none.error?.message).toMatch(/^HighLevel found nothing there/);
});
