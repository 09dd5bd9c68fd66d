import { isDocumentedEvent } from '../../nodes/HeyReach/trigger/events';
import { normaliseDelivery } from '../../nodes/HeyReach/trigger/normalise';
import { derived, facts } from '../unit/heyReach/deliveryShapes';
import { describeDeliveries } from './support';

describeDeliveries('Recorded deliveries of HeyReach', (recorded) => {
	it.each(recorded)('%s: the output has every fact of it, and nothing else', (_file, delivery) => {
		const { body, ...told } = normaliseDelivery(delivery, isDocumentedEvent);
		expect(body).toBe(delivery);
		const said = facts(told);
		expect(said.map((fact) => fact.toLowerCase())).toEqual(
			expect.arrayContaining(facts(delivery).map((fact) => fact.toLowerCase())),
		);
		expect([...facts(delivery), ...derived(delivery)]).toEqual(expect.arrayContaining(said));
	});
});
