import { Command } from 'commander'
import type { CommandIo } from './commands/io.ts'
import { version } from './version.ts'

/** Adds the commands of a noun; what they need is read only then. */
type Adding = (program: Command, io: CommandIo, signal: AbortSignal) => Promise<void>

const start: Adding = async (...parts) =>
  (await import('./commands/start.ts')).addStartCommands(...parts)

/** In the order of the help. */
const nouns: Readonly<Record<string, Adding>> = {
  start,
  demo: start,
  doctor: async (program, io) =>
    (await import('./commands/doctor.ts')).addDoctorCommand(program, io),
  source: async (program, io) =>
    (await import('./commands/source.ts')).addSourceCommands(program, io),
  parse: async (program, io) => (await import('./commands/parse.ts')).addParseCommand(program, io),
  detect: async (program, io) =>
    (await import('./commands/detect.ts')).addDetectCommand(program, io),
  rules: async (program, io) => (await import('./commands/rules.ts')).addRulesCommands(program, io),
  station: async (program, io) =>
    (await import('./commands/station.ts')).addStationCommands(program, io),
  link: async (...parts) => (await import('./commands/link.ts')).addLinkCommands(...parts),
  archive: async (program, io) =>
    (await import('./commands/archive.ts')).addArchiveCommands(program, io),
  regulation: async (program, io) =>
    (await import('./commands/regulation.ts')).addRegulationCommands(program, io),
  key: async (program, io) => (await import('./commands/key.ts')).addKeyCommands(program, io),
  audit: async (program, io) => (await import('./commands/audit.ts')).addAuditCommands(program, io),
  backup: async (program, io) =>
    (await import('./commands/backup.ts')).addBackupCommands(program, io),
  load: async (...parts) => (await import('./commands/load.ts')).addLoadCommand(...parts),
}

/**
 * The command line: noun, then verb. Called with the noun it has that noun's commands alone, which spares reading
 * the rest of the program; else all of them.
 */
export async function createProgram(
  io: CommandIo,
  signal: AbortSignal,
  noun?: string,
): Promise<Command> {
  const program = new Command('haidang')
    .description('Hải Đăng: monitoring, alerting and incident coordination for a national network')
    .version(version)
    .showHelpAfterError('(haidang --help shows what there is)')
    .exitOverride()
  const called = noun !== undefined && Object.hasOwn(nouns, noun) ? nouns[noun] : undefined
  const all = noun === '--version' || noun === '-V' ? [] : new Set(Object.values(nouns))
  for (const add of called ? [called] : all) {
    await add(program, io, signal)
  }
  return program
}
