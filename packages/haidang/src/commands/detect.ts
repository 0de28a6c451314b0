import { join } from 'node:path'
import { RecordFormat } from '@haidang/contracts/source'
import { alertOf } from '@haidang/detection/alert'
import { Detector } from '@haidang/detection/detector'
import { noIndicators } from '@haidang/detection/indicators/indicator-tables'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { isoOf, systemClock } from '@haidang/runtime/clock'
import { derivedId } from '@haidang/runtime/ids'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import { type Command, Option } from 'commander'
import type { CommandIo } from './io.ts'
import { written } from './paced-output.ts'
import { readRecordFile } from './record-file.ts'

interface DetectOptions {
  readonly format: RecordFormat
  readonly zone: string
  readonly rules: string
}

const shipped = join(import.meta.dirname, '../../../../content/rules')

/** `haidang detect FILE`: the alerts a file of records would raise, without a node. */
export function addDetectCommand(program: Command, io: CommandIo): void {
  program
    .command('detect <file>')
    .description(
      'say which alerts a file of records raises (gzip or not, - for standard input), one a line',
    )
    .addOption(new Option('--format <format>').choices(RecordFormat.options).default('auto'))
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .option('--rules <directory>', 'Sigma rules (default: the library that ships)', shipped)
    .action(async (file: string, options: DetectOptions) => {
      const files = await findFiles(
        [{ label: '', path: options.rules, required: true }],
        ruleEndings,
      )
      const detector = new Detector(compileRules(await readRuleFiles(files)), noIndicators())
      let alerts = 0
      const reader = { input: process.stdin, clock: systemClock }
      const summary = await readRecordFile({ ...options, file }, reader, async (line) => {
        const { read, receivedAt, offset } = line
        if (!read.ok) return
        for (const finding of detector.examine(read)) {
          alerts++
          const alert = alertOf(finding, read, isoOf(receivedAt), (ruleId) =>
            derivedId('alert', receivedAt, read.event.node_id, 0, offset, ruleId),
          )
          await written(process.stdout, JSON.stringify(alert), io.out)
        }
      })
      io.err(JSON.stringify({ ...summary, alerts }))
    })
}
