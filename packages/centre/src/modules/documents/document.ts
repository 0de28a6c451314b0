import type { DocumentKind } from '@haidang/contracts/document'
import { formOf, placeholdersIn, type TemplateContent } from '@haidang/contracts/document-template'
import { labels } from '@haidang/contracts/labels'
import type { Urgency } from '@haidang/contracts/order'
import type { Tlp } from '@haidang/contracts/tlp'
import type { Paper, PaperBlock, PaperCheck } from '@haidang/runtime/rendering/paper'
import { tableShapes, tlpColours, words } from './document-words.ts'

/** What a placeholder stands for: a text, lines, or rows of a table. */
export type Value = string | readonly string[] | readonly (readonly string[])[]
export type Values = Readonly<Record<string, Value>>

/** What stands around the text. */
export interface Frame {
  /** Milliseconds since the epoch. */
  readonly madeAt: number
  readonly draft: boolean
  readonly simulated: boolean
  readonly tlp: Tlp
  readonly urgency: Urgency
  readonly check: PaperCheck | null
}

/** A template with its values, as a paper. Values are text: nothing in them is read as a mark or a placeholder. */
export function paperOf(
  kind: DocumentKind,
  template: TemplateContent,
  values: Values,
  frame: Frame,
): Paper {
  const { language } = template
  const said = words[language]
  const fill = (text: string) => filled(kind, text, values)[0] ?? ''
  const fillLines = (text: string) =>
    text.split('\n').flatMap((line) => (line.trim() === '' ? [] : filled(kind, line, values)))
  return {
    language,
    title: [fill(template.name), fill(template.subject)].filter(Boolean).join(': '),
    madeAt: frame.madeAt,
    head: {
      superior: fill(template.superior).toLocaleUpperCase(language),
      issuer: fill(template.issuer).toLocaleUpperCase(language),
      symbol: fill(template.symbol),
      nation: template.nation,
      motto: template.motto,
      placeAndDate: fill(template.place),
      urgency:
        frame.urgency === 'normal'
          ? ''
          : labels.urgency[frame.urgency][language].toLocaleUpperCase(language),
    },
    name: fill(template.name),
    subject: fill(template.subject),
    blocks: merged(blocksOf(kind, template, values)),
    recipients: { title: said.recipients, lines: fillLines(template.recipients) },
    signature: {
      lines: fillLines(template.signature),
      note: frame.draft ? '' : said.signed,
      name: fill(template.signer),
    },
    marks: {
      watermark: frame.draft ? said.draft : '',
      banner: frame.simulated ? said.simulated : '',
      label: { text: `TLP:${frame.tlp.toUpperCase()}`, colour: tlpColours[frame.tlp] },
    },
    check: frame.check,
  }
}

function blocksOf(
  kind: DocumentKind,
  { body, language }: TemplateContent,
  values: Values,
): PaperBlock[] {
  return body.split('\n').flatMap((raw): PaperBlock[] => {
    const line = raw.trim()
    if (line === '') return []
    const [only = ''] = placeholdersIn(line)
    if (formOf(kind, only) === 'table') return tableOf(only, language, values[only])
    const { mark, text } = markOf(line)
    return filled(kind, text, values).map((one) => mark(one))
  })
}

/** How a line of a template begins says what it is. */
function markOf(line: string): { mark: (text: string) => PaperBlock; text: string } {
  const rest = (length: number) => line.slice(length).trim()
  const item = (ordered: boolean) => (text: string) =>
    ({ kind: 'list', ordered, items: [text] }) as const
  if (line.startsWith('# ')) return { mark: (text) => ({ kind: 'heading', text }), text: rest(2) }
  if (line.startsWith('> ')) return { mark: (text) => paragraph(text, 'basis'), text: rest(2) }
  if (line.startsWith('- ')) return { mark: item(false), text: rest(2) }
  if (line.startsWith('1. ')) return { mark: item(true), text: rest(3) }
  return { mark: (text) => paragraph(text, 'plain'), text: line }
}

function paragraph(text: string, style: 'plain' | 'basis'): PaperBlock {
  return { kind: 'paragraph', text, style }
}

/** A line with its values: as often as a value has lines, and not at all where all its values are empty. */
function filled(kind: DocumentKind, text: string, values: Values): string[] {
  const names = placeholdersIn(text)
  if (names.length === 0) return [text]
  if (names.every((name) => values[name] === undefined || values[name].length === 0)) return []
  const repeated = names.find((name) => formOf(kind, name) === 'lines')
  const with_ = (own: string | undefined) =>
    text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) =>
      name === repeated && own !== undefined ? own : textOf(values[name]),
    )
  const each = repeated === undefined ? undefined : values[repeated]
  if (!Array.isArray(each)) return [with_(undefined)]
  return each.map((one) => with_(String(one)))
}

function textOf(value: Value | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : value.flat().join('; ')
}

function tableOf(name: string, language: 'vi' | 'en', value: Value | undefined): PaperBlock[] {
  const shape = tableShapes[name]
  if (!shape || !Array.isArray(value) || value.length === 0) return []
  const rows = value.map((row) => (Array.isArray(row) ? row.map(String) : [String(row)]))
  return [{ kind: 'table', widths: shape.widths, head: shape.head[language], rows }]
}

/** Items that follow each other are one list. */
function merged(blocks: readonly PaperBlock[]): PaperBlock[] {
  const made: PaperBlock[] = []
  for (const block of blocks) {
    const before = made.at(-1)
    if (block.kind === 'list' && before?.kind === 'list' && before.ordered === block.ordered) {
      made[made.length - 1] = { ...before, items: [...before.items, ...block.items] }
    } else made.push(block)
  }
  return made
}
