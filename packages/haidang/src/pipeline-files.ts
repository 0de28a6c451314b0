import { join } from 'node:path'
import type { RuleDocument } from '@haidang/detection/sigma/rule-set'
import {
  findNamedFiles,
  type NamedFile,
  readPipelineFiles,
} from '@haidang/station/detect/rule-files'
import { type Command, Option } from 'commander'

const shipped = join(import.meta.dirname, '../../../content/pipelines')

/** Where a pipeline lies that configuration or command line names: one word is one that ships, else it is a path. */
export function pipelineFile(name: string): NamedFile {
  const path = /^[a-z][a-z0-9-]*$/.test(name) ? join(shipped, `${name}.yml`) : name
  return { label: name, path }
}

/** Reads pipelines by name or path. Throws if one cannot be read. */
export async function readNamedPipelines(names: readonly string[]): Promise<RuleDocument[]> {
  return readPipelineFiles(await findNamedFiles(names.map(pipelineFile)))
}

/** Adds `--pipeline`, which may be repeated. */
export function pipelineOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--pipeline <file>',
      'what rewrites the rules as they are loaded: a YAML file, or one that ships (may be repeated)',
    )
      .argParser((name: string, before: readonly string[]) => [...before, name])
      .default([], 'none'),
  )
}
