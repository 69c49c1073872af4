/** Run as a process of its own: delivers until its first alert is as far as it is told, and is killed there. */
import { deliverAlerts } from '../../src/alerts/deliver-alerts.ts';
import { httpReceivers } from '../../src/alerts/receivers.ts';
import { alertKey } from '../../src/alerts/signing-key.ts';
import { SILENT } from '../support/silent-log.ts';

const [step = '', storeUrl = '', address = '', dataDir = ''] = process.argv.slice(2);
const key = () => alertKey(dataDir, null);
const receivers = httpReceivers(new Map([['police', address]]), key, () => new Date());
const die = () => process.kill(process.pid, 'SIGKILL');
deliverAlerts({
  storeUrl,
  organisations: ['police'],
  log: SILENT,
  receivers: {
    has: receivers.has,
    async send(organisation, alert) {
      if (step === 'about to be sent') die();
      await receivers.send(organisation, alert);
      die();
    },
  },
});
