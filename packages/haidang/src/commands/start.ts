import { join, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { runDemo } from '../demo/run-demo.ts'
import { startNode } from '../node.ts'
import type { CommandIo } from './io.ts'

interface StartOptions {
  readonly data: string
  readonly port?: number
  readonly config?: string
  readonly demo?: true
  readonly speed?: number
}

/** `haidang start [--demo]` and `haidang demo`. */
export function addStartCommands(program: Command, io: CommandIo, signal: AbortSignal): void {
  const shared = (command: Command) =>
    command
      .option('--data <dir>', 'data directory', (dir) => resolve(dir), resolve(io.dataDirectory))
      .option('--port <n>', 'port of portal and API', portOf)

  shared(program.command('start'))
    .description('start a node; the first run prints a one-time link for set-up')
    .option('--config <file>', 'configuration (default: haidang.yaml in the working directory)')
    .option('--demo', 'start the demonstration network instead')
    .action((options: StartOptions) => (options.demo ? demo(options) : start(options)))

  shared(program.command('demo'))
    .description('start a demonstration network: centre, ministry, province and ISP')
    .option('--speed <n>', 'how fast the story is told', Number, 1)
    .action((options: StartOptions) => demo(options))

  async function start(options: StartOptions): Promise<void> {
    const node = await startNode({
      dataDirectory: options.data,
      configurationFile: options.config,
      environment: io.environment,
      port: options.port,
      say: io.out,
      signal,
    })
    await node.stopped
  }

  async function demo(options: StartOptions): Promise<void> {
    await runDemo({
      dataDirectory: join(options.data, 'demo'),
      port: options.port,
      speed: options.speed ?? 1,
      say: io.out,
      signal,
    })
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new InvalidArgumentError('a port is a whole number from 0 to 65535')
  }
  return port
}
