import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CommandIo } from './io.ts'

export interface DataOptions {
  readonly data: string
  readonly json: boolean
}

/** The options every command on a node takes. */
export function dataOptions(io: CommandIo, command: Command): Command {
  return command
    .option('--data <dir>', 'data directory of the node', toPath, resolve(io.dataDirectory))
    .option('--json', 'print JSON, one object a line', false)
}

function toPath(directory: string): string {
  return resolve(directory)
}
