import { auditExport, auditHead, auditVerify } from './audit.ts';
import { keysRotate, keysStatus } from './keys.ts';
import { rosterRestart } from './roster.ts';
import { ENDED, readOptions, UsageError, type Command, type Io } from './command.ts';

/** Every command, by its words. */
const COMMANDS: Readonly<Record<string, Command>> = {
  'audit head': auditHead,
  'audit verify': auditVerify,
  'audit export': auditExport,
  'keys status': keysStatus,
  'keys rotate': keysRotate,
  'roster restart': rosterRestart,
};

/** Carries out what the command line says. @returns the exit code. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const wantsHelp = args.includes('--help') || args.includes('-h');
  const words = args.filter((arg, index) => args.slice(0, index + 1).every((one) => !one.startsWith('-')));
  const name = words.slice(0, 2).join(' ');
  const command = COMMANDS[name];
  if (command === undefined) {
    const known = Object.entries(COMMANDS).filter(
      ([one]) => words.length === 0 || one.startsWith(`${words[0] ?? ''} `),
    );
    const list = known.length === 0 ? Object.entries(COMMANDS) : known;
    const isAsked = wantsHelp || words.length === 0;
    if (!isAsked) io.err.write(`There is no command "${words.join(' ')}".\n`);
    (isAsked ? io.out : io.err).write(
      `npm run cli -- COMMAND [--help]\n\n${list.map(([one, { about }]) => helpLine(one, about)).join('')}`,
    );
    return wantsHelp ? ENDED.WELL : ENDED.USAGE;
  }
  if (wantsHelp) {
    io.out.write(`npm run cli -- ${name} [options]\n${command.about}\n\n`);
    for (const [option, about] of Object.entries(command.options)) io.out.write(helpLine(`--${option}`, about));
    return ENDED.WELL;
  }
  try {
    return await command.run(io, readOptions(command, args.slice(2)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.err.write(`${error.message}\nSee: npm run cli -- ${name} --help\n`);
    return ENDED.USAGE;
  }
}

const helpLine = (name: string, about: string) => `  ${name.padEnd(15)} ${about}\n`;
