import { ruleApi } from '@haidang/contracts/rule-api'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { readPipelines } from '@haidang/detection/sigma/rule-texts'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import type { Command } from 'commander'
import { pipelineOption, readNamedPipelines } from '../pipeline-files.ts'
import { type CommandIo, printRows } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { addRuleLibraryCommands } from './rule-library.ts'
import { addRuleSetCommands } from './rule-sets.ts'
import { addRuleTuningCommands } from './rule-tunings.ts'
import { addRulesExplainCommand } from './rules-explain.ts'
import { allRows, clientOf } from './running-node.ts'

/** `haidang rules check | explain | list | reload`, and those of the library and its sets. */
export function addRulesCommands(program: Command, io: CommandIo): void {
  const rules = program.command('rules').description('detection rules')

  addRuleLibraryCommands(rules, io)
  addRuleTuningCommands(rules, io)
  addRuleSetCommands(rules, io)
  addRulesExplainCommand(rules, io)

  pipelineOption(rules.command('check <directory>'))
    .description(
      'compile every rule below a directory, under pipelines if any are named; exit code 1 if one has an error',
    )
    .action(async (directory: string, { pipeline }: { pipeline: readonly string[] }) => {
      const files = await findFiles([{ label: '', path: directory, required: true }], ruleEndings)
      const pipelines = readPipelines(await readNamedPipelines(pipeline))
      for (const { path, notes } of pipelines) for (const note of notes) io.err(`${path}: ${note}`)
      const { rules: compiled, entries } = compileRules(await readRuleFiles(files), { pipelines })
      const refused = entries.filter(({ state }) => state !== 'active')
      for (const { path, problem } of refused) io.err(problem ?? path)
      io.out(`${compiled.length} rules compiled, ${refused.length} refused`)
      if (refused.length > 0) throw new Error('some rules cannot be used')
    })

  dataOptions(io, rules.command('list'))
    .description('rules in force, with hits of the last 24 hours')
    .action(async (options: DataOptions) => {
      const api = await clientOf(ruleApi, options.data)
      const rows = await allRows((query) => api.list({ query }))
      printRows(io, rows, ['id', 'severity', 'state', 'hits', 'title'], options.json)
    })

  dataOptions(io, rules.command('reload'))
    .description('load rules and indicators from disk again')
    .action(async (options: DataOptions) => {
      const api = await clientOf(ruleApi, options.data)
      const summary = await api.reload({})
      printRows(io, [summary], ['version', 'active', 'errors', 'indicators'], options.json)
    })
}
