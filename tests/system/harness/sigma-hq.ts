import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RuleDocument } from '@haidang/detection/sigma/rule-set'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'

const given = process.env['HAIDANG_SHARED']
const beside = join(import.meta.dirname, '../../../../shared/data')
const shared = given === undefined || given === 'required' ? beside : given

/** Recorded events and the rules of SigmaHQ: outside the repository, and `required` means they must be there. */
export const detectionData = join(shared, 'detection')
export const hasDetectionData = given === 'required' || existsSync(detectionData)

/** When the scans of tests and figures take place. */
export const scanTime = 1_767_580_200_000

/** Scans as the command does them where nothing is asked for. */
export const scanOptions = {
  format: 'auto',
  zone: 'UTC',
  unrouted: 'closed',
  explain: false,
  timeField: undefined,
} as const

/** Rules that apply as they are: placeholders want values, deprecated and unsupported ones say so. */
const active = [
  'rules',
  'rules-emerging-threats',
  'rules-threat-hunting',
  'rules-compliance',
  'rules-dfir',
]

/** Unpacks the rules of SigmaHQ into a directory. */
export function unpackRules(directory: string): void {
  const archive = join(detectionData, 'sigma-rules/sigma-rules-8eaafff1.tar.gz')
  execFileSync('tar', ['xzf', archive, '-C', directory])
}

/** The folders of unpacked rules whose rules apply as they are. */
export function ruleFolders(directory: string): string[] {
  return active.map((name) => join(directory, name))
}

/** The rules of these folders of a directory they were unpacked into; of all that apply as they are unless told. */
export async function readRules(
  directory: string,
  folders: readonly string[] = active,
): Promise<RuleDocument[]> {
  const found = folders.map((name) => ({
    label: name,
    path: join(directory, name),
    required: true,
  }))
  return readRuleFiles(await findFiles(found, ruleEndings))
}
