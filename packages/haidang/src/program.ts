import { Command } from 'commander'
import { addArchiveCommands } from './commands/archive.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addBackupCommands } from './commands/backup.ts'
import { addDetectCommand } from './commands/detect.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import type { CommandIo } from './commands/io.ts'
import { addKeyCommands } from './commands/key.ts'
import { addLinkCommands } from './commands/link.ts'
import { addLoadCommand } from './commands/load.ts'
import { addParseCommand } from './commands/parse.ts'
import { addRegulationCommands } from './commands/regulation.ts'
import { addRulesCommands } from './commands/rules.ts'
import { addSourceCommands } from './commands/source.ts'
import { addStartCommands } from './commands/start.ts'
import { addStationCommands } from './commands/station.ts'
import { version } from './version.ts'

/** The command line: noun, then verb. */
export function createProgram(io: CommandIo, signal: AbortSignal): Command {
  const program = new Command('haidang')
    .description('Hải Đăng: monitoring, alerting and incident coordination for a national network')
    .version(version)
    .showHelpAfterError('(haidang --help shows what there is)')
    .exitOverride()
  addStartCommands(program, io, signal)
  addDoctorCommand(program, io)
  addSourceCommands(program, io)
  addParseCommand(program, io)
  addDetectCommand(program, io)
  addRulesCommands(program, io)
  addStationCommands(program, io)
  addLinkCommands(program, io, signal)
  addArchiveCommands(program, io)
  addRegulationCommands(program, io)
  addKeyCommands(program, io)
  addAuditCommands(program, io)
  addBackupCommands(program, io)
  addLoadCommand(program, io, signal)
  return program
}
