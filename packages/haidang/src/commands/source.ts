import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KafkaDraft } from '@haidang/contracts/kafka'
import { RecordFormat } from '@haidang/contracts/record-format'
import { CollectorKind } from '@haidang/contracts/source'
import { sourceApi } from '@haidang/contracts/source-api'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { type ReadingOptions, readingOf, readingOptions } from './reading-options.ts'
import { allRows, clientOf } from './running-node.ts'
import { addSourceLimitCommand } from './source-limit.ts'
import { addSourceProductsCommand } from './source-products.ts'
import { addSourceRejectsCommands } from './source-rejects.ts'
import { addSourceTestCommand } from './source-test.ts'

interface AddOptions extends DataOptions, ReadingOptions {
  readonly collector: CollectorKind
  readonly format: RecordFormat
  readonly path?: string
  readonly kafka?: string
  readonly sender: string[]
  readonly zone: string
}

/** `haidang source test | products | limit | list | add | remove | token | authority | rejects | reject | replay` */
export function addSourceCommands(program: Command, io: CommandIo): void {
  const source = program.command('source').description('where this station takes records from')

  addSourceTestCommand(source, io)
  addSourceProductsCommand(source, io)
  addSourceLimitCommand(source, io)

  dataOptions(io, source.command('list'))
    .description(
      'list sources with what they received, parsed, rejected and dropped, what waits and how old it is',
    )
    .action(async (options: DataOptions) => {
      const api = await clientOf(sourceApi, options.data)
      const rows = await allRows((query) => api.list({ query }))
      const flat = rows.map(({ counters, ...row }) => ({
        ...row,
        ...counters,
        waiting_bytes: row.backlog.bytes,
        oldest_seconds: row.backlog.oldest_seconds,
        held_back: row.backlog.held_back?.reason ?? '-',
      }))
      const columns = [
        'id',
        'name',
        'collector',
        'format',
        'state',
        'received',
        'parsed',
        'rejected',
        'dropped',
        'waiting_bytes',
        'oldest_seconds',
        'held_back',
      ]
      printRows(io, flat, columns, options.json)
    })

  readingOptions(dataOptions(io, source.command('add <name>')))
    .description('add a source; prints its token, once, if its way in needs one')
    .addOption(
      new Option('--collector <kind>').choices(CollectorKind.options).makeOptionMandatory(),
    )
    .addOption(new Option('--format <format>').choices(RecordFormat.options).default('auto'))
    .option(
      '--path <file>',
      'tail-file: file, or pattern with * in its name; syslog-socket: the socket',
    )
    .option('--kafka <file>', 'kafka: JSON with brokers, topics, and what else the handbook names')
    .option('--sender <address...>', 'addresses, CIDR ranges, or name:NAME of its certificate', [])
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .addHelpText(
      'after',
      '\nExample:\n  haidang source add firewall --collector syslog-udp --sender 192.0.2.1\n  haidang source add eve --collector tail-file --format suricata-eve --path /var/log/suricata/eve.json\n  haidang source add beats --collector elastic-bulk\n  haidang source add router --collector netflow --sender 192.0.2.1\n  haidang source add bus --collector kafka --kafka bus.json',
    )
    .action(async (name: string, options: AddOptions) => {
      const api = await clientOf(sourceApi, options.data)
      const added = await api.create({
        body: {
          name,
          collector: options.collector,
          format: options.format,
          senders: options.sender,
          zone: options.zone,
          reading: readingOf(options),
          ...(options.path === undefined ? {} : { path: options.path }),
          ...(options.kafka === undefined ? {} : { kafka: await kafkaOf(options.kafka) }),
        },
      })
      if (options.json) io.out(JSON.stringify(added))
      else io.out(added.token === null ? added.source.id : `${added.source.id} ${added.token}`)
    })

  dataOptions(io, source.command('remove <id>'))
    .description('stop a source and remove it; its records stay')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(sourceApi, options.data)
      await api.remove({ params: { id } })
      io.out(options.json ? JSON.stringify({ removed: id }) : `${id} removed`)
    })

  dataOptions(io, source.command('token <id>'))
    .description('replace the token of a source')
    .action(async (id: string, options: DataOptions) => {
      const api = await clientOf(sourceApi, options.data)
      const { token } = await api.renewToken({ params: { id } })
      io.out(options.json ? JSON.stringify({ id, token }) : token)
    })

  dataOptions(io, source.command('authority'))
    .description('print the authority behind the certificates of TLS listeners; senders trust it')
    .action(async (options: DataOptions) => {
      const certificate = await readFile(join(options.data, 'keys', 'authority.pem'), 'utf8')
      io.out(options.json ? JSON.stringify({ certificate }) : certificate.trim())
    })

  addSourceRejectsCommands(source, io)
}

/** Settings for Kafka from a file, so that no password stands on a command line. */
async function kafkaOf(path: string): Promise<z.infer<typeof KafkaDraft>> {
  const found = KafkaDraft.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (found.success) return found.data
  throw new Error(`${path}: ${z.prettifyError(found.error)}`)
}
