import { spawn } from 'node:child_process';
import { whenAskedToEnd } from './lifetime';

// `keep.ts UID GID COMMAND...`: runs a server that knows nothing of us, as another user where there
// are numbers (`-`: as this one), and ends it with this process or with the process that started it.
const [uid, gid, command, ...args] = process.argv.slice(2);
const user = uid === '-' ? {} : { uid: Number(uid), gid: Number(gid) };
const server = spawn(command, args, { ...user, stdio: 'inherit' });

server.once('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
server.once('exit', (code) => process.exit(code ?? 1));
// Postgres waits for its clients on SIGTERM and ends them on SIGINT; to Redis both are one.
whenAskedToEnd(() => server.kill('SIGINT'));
