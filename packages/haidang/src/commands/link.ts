import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conformanceReport, reportLines } from '@haidang/link/conformance/conformance-report'
import { joinAsProbe } from '@haidang/link/conformance/join-probe'
import { systemClock } from '@haidang/runtime/clock'
import { idsFrom } from '@haidang/runtime/ids'
import type { Command } from 'commander'
import { addParentConfigurationCommands } from './configuration.ts'
import type { CommandIo } from './io.ts'
import { addLinkKeyCommands } from './link-keys.ts'

/** `haidang link test | authority | signing-key | configuration` */
export function addLinkCommands(program: Command, io: CommandIo, signal: AbortSignal): void {
  const link = program.command('link').description('the node ⇄ node protocol')
  addLinkKeyCommands(link, io)
  addParentConfigurationCommands(link, io)

  link
    .command('test <code>')
    .description(
      'play a child against the parent that gave out this join code: one line per rule of the link standard; exit code 1 if one is broken',
    )
    .option('--json', 'print JSON, one object a line', false)
    .addHelpText(
      'after',
      '\nThe parent shows the test as a pending station: an officer approves it, and revokes it afterwards.',
    )
    .action(async (code: string, options: { json: boolean }) => {
      const directory = await mkdtemp(join(tmpdir(), `haidang-link-test-${randomUUID()}-`))
      try {
        const target = await joinAsProbe({
          clock: systemClock,
          directory,
          nodeId: idsFrom(systemClock)('node'),
          code,
          signal,
          waiting: (fingerprint) => io.err(`waiting for approval; key ${fingerprint}`),
        })
        const results = await conformanceReport(target)
        if (options.json) for (const result of results) io.out(JSON.stringify(result))
        else for (const line of reportLines(results)) io.out(line)
        if (results.some(({ passed }) => !passed)) throw new Error('some rules are broken')
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    })
}
