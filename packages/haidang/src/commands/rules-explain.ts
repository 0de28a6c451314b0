import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { applies } from '@haidang/detection/match/router'
import { explain } from '@haidang/detection/sigma/formula'
import { missOf } from '@haidang/detection/sigma/miss'
import type { Reading } from '@haidang/detection/sigma/reading'
import type { CompiledRule } from '@haidang/detection/sigma/rule-compiler'
import type { RuleSet } from '@haidang/detection/sigma/rule-set'
import { compileTexts } from '@haidang/detection/sigma/rule-texts'
import { View } from '@haidang/detection/sigma/view'
import { systemClock } from '@haidang/runtime/clock'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { pipelineOption, readNamedPipelines } from '../pipeline-files.ts'
import { lineChunks } from '../scan/line-chunks.ts'
import { forEachLine, LineReader } from '../scan/line-reader.ts'
import { type ScanFormat, scanFormats } from '../scan/scan-options.ts'
import { type CommandIo, WrongCall } from './io.ts'

interface ExplainOptions {
  readonly rules: string
  readonly format: ScanFormat
  readonly zone: string
  readonly line?: number
  readonly pipeline: readonly string[]
}

const shipped = join(import.meta.dirname, '../../../../content/rules')

/** `haidang rules explain RULE FILE`: for each record why a rule fires or does not. */
export function addRulesExplainCommand(rules: Command, io: CommandIo): void {
  pipelineOption(rules.command('explain <rule> <file>'))
    .description(
      'say for each record of a file why a rule (its id, name or file) fires or not: one JSON object a line',
    )
    .option('--rules <directory>', 'where the rule stands', shipped)
    .addOption(new Option('--format <format>').choices(Object.keys(scanFormats)).default('auto'))
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .option('--line <number>', 'only the record of this line', lineNumber)
    .action((rule: string, file: string, options: ExplainOptions) =>
      explainFile(rule, file, options, io),
    )
}

async function explainFile(wanted: string, file: string, options: ExplainOptions, io: CommandIo) {
  const set = await rulesFor(wanted, options)
  const rule = ruleNamed(set, wanted)
  const reader = new LineReader(options, systemClock.now())
  const view = new View(set.slots)
  let before = 0
  for await (const bytes of lineChunks(file, process.stdin)) {
    before += forEachLine(bytes, (text, place) => {
      const line = before + place
      if (options.line !== undefined && options.line !== line) return
      const reading = reader.read(text, line)
      const why =
        reading === undefined ? { fires: false, because: 'unreadable' } : whyOf(rule, reading, view)
      io.out(JSON.stringify({ file, line, ...why }))
    })
  }
}

function whyOf({ formula, logsources }: CompiledRule, reading: Reading, view: View): object {
  if (!applies(logsources, reading.logsource)) {
    return { fires: false, because: 'logsource', rule: logsources, record: reading.logsource }
  }
  view.show(reading)
  const miss = missOf(formula, view)
  return miss === undefined
    ? { fires: true, matches: explain(formula, view) }
    : { fires: false, ...miss }
}

/** The rules below a directory, or of the one file that was named instead of a rule. */
async function rulesFor(wanted: string, { rules, pipeline }: ExplainOptions): Promise<RuleSet> {
  const pipelines = await readNamedPipelines(pipeline)
  if (ruleEndings.some((ending) => wanted.endsWith(ending))) {
    const document = { path: wanted, text: await readFile(wanted, 'utf8') }
    return compileTexts({ documents: [document], pipelines })
  }
  const files = await findFiles([{ label: '', path: rules, required: true }], ruleEndings)
  return compileTexts({ documents: await readRuleFiles(files), pipelines })
}

function ruleNamed({ rules, entries }: RuleSet, wanted: string): CompiledRule {
  const entry = entries.find(
    ({ id, name, path, kind }) =>
      kind === 'detection' && (id === wanted || name === wanted || path === wanted),
  )
  if (entry === undefined) throw new WrongCall(`there is no detection rule “${wanted}”`)
  const rule = rules.find(({ facts }) => facts.id === entry.id)
  if (rule === undefined) throw new Error(entry.problem ?? `${entry.path} cannot be used`)
  return rule
}

function lineNumber(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new InvalidArgumentError('lines are numbered from 1')
}
