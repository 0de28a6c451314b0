import { foldVietnamese } from '@haidang/contracts/fold'
import type { Language } from '@haidang/contracts/person'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import { TemplateFile } from '@haidang/contracts/task-template'
import { readAs } from '@haidang/runtime/http/read-request'
import { Problem } from '@haidang/runtime/problem'
import { parseDocument, stringify } from 'yaml'
import { faultsOf, refusal } from './playbook-text.ts'

/** One file may bring as many. */
const most = 20
/** Nothing in a file of templates lies deeper than a few levels; what does would exhaust the reader. */
const deepestIndent = 60

const words = {
  vi: {
    remedy: 'Viết như tệp xuất ra từ một phương án',
    deep: 'lồng nhau quá sâu',
    many: `nhiều hơn ${most} phương án`,
    fewer: 'Tách thành nhiều tệp',
    line: 'dòng',
    file: 'tệp',
  },
  en: {
    remedy: 'Write it as the file of an exported playbook',
    deep: 'nested too deep',
    many: `more than ${most} playbooks`,
    fewer: 'Make it several files',
    line: 'line',
    file: 'file',
  },
} as const

/**
 * What the templates of a file say. Throws Problem playbook.unreadable: the line where the text is no YAML, or each
 * field that is wrong with cause and remedy, twenty at most.
 */
export function readTemplates(text: string, language: Language): PlaybookContent[] {
  const read = readAs(TemplateFile, plainOf(text, language), words[language].file, language)
  if ('errors' in read) throw refusal('playbook.unreadable', read.errors)
  const { templates } = read.data
  if (templates.length > most) {
    const { many: cause, fewer: remedy } = words[language]
    throw refusal('playbook.unreadable', [{ field: 'templates', cause, remedy }])
  }
  const contents = templates.map(({ id: _, ...content }) => content)
  const faults = contents.flatMap((content, n) => faultsOf(content, language, `templates.${n}.`))
  if (faults.length > 0) throw refusal('playbook.unreadable', faults)
  return contents
}

interface Written {
  readonly content: PlaybookContent
  readonly version: number
  readonly valid_from: string
}

/** A file of templates with this one in it; `readTemplates` reads the same back. */
export function writeTemplate({ content, version, valid_from }: Written): {
  name: string
  text: string
} {
  const id = keyOf(content.name.vi)
  const tasks = content.tasks.map(({ checklist, depends_on, clause, ...task }) => ({
    ...task,
    ...(clause && { clause }),
    ...(checklist.length > 0 && { checklist }),
    ...(depends_on.length > 0 && { depends_on }),
  }))
  const { name, types } = content
  const templates = [{ id, name, ...(types.length > 0 && { types }), tasks }]
  const file = { profile: id, version, valid_from, valid_to: null, templates }
  return {
    name: `${id}-${version}.yaml`,
    text: stringify(file, { lineWidth: 110, aliasDuplicateObjects: false }),
  }
}

function keyOf(name: string): string {
  const key = foldVietnamese(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
    .replace(/-$/, '')
  return key || 'playbook'
}

function plainOf(text: string, language: Language): unknown {
  const { remedy, line, file } = words[language]
  requireShallow(text, language)
  const refused = (field: string, cause: string) =>
    refusal('playbook.unreadable', [{ field, cause, remedy }])
  try {
    const document = parseDocument(text, { logLevel: 'error' })
    const [broken] = document.errors
    if (broken) {
      throw refused(`${line} ${broken.linePos?.[0].line ?? 1}`, broken.message.split('\n')[0] ?? '')
    }
    // Without aliases, by which a short text could unfold to a long one.
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    if (error instanceof Problem) throw error
    throw refused(file, error instanceof Error ? error.message : String(error))
  }
}

/** Refuses what is nested deeper than any file of templates before the reader descends into it. */
function requireShallow(text: string, language: Language): void {
  const { remedy, deep: cause, line } = words[language]
  for (const [n, one] of text.split('\n').entries()) {
    const lead = /^[ \t-]*/.exec(one)?.[0].length ?? 0
    const opened = [...one.slice(0, 20_000)].filter((c) => c === '[' || c === '{').length
    if (lead > deepestIndent || opened > deepestIndent || one.length > 20_000) {
      throw refusal('playbook.unreadable', [{ field: `${line} ${n + 1}`, cause, remedy }])
    }
  }
}
