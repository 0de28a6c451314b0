import { z } from 'zod'
import { DocumentFormat, DocumentKind } from './document.ts'
import { documentPlaceholders, type PlaceholderForm } from './document-placeholders.ts'
import { Instant } from './instant.ts'
import { plainText } from './plain-text.ts'

const line = plainText(0, 300)
const passage = (most: number) => z.string().normalize().max(most)

/**
 * A template in the parts of an administrative paper. `{{name}}` stands for a value. In `body`, `# ` begins a heading,
 * `> ` a ground, `- ` and `1. ` items of a list; any other line is a paragraph. A line whose values are all empty is
 * left out.
 */
export const TemplateContent = z.strictObject({
  language: z.enum(['vi', 'en']).default('vi'),
  nation: line,
  motto: line,
  superior: line,
  issuer: line,
  symbol: line,
  place: line,
  name: line,
  subject: line,
  body: passage(40_000),
  recipients: passage(4_000),
  signature: passage(1_000),
  signer: line,
})
export type TemplateContent = z.infer<typeof TemplateContent>
export type TemplateField = keyof TemplateContent

/** One version of a template; 0 is the shipped one. */
export const TemplateVersion = z.object({
  kind: DocumentKind,
  version: z.int(),
  content: TemplateContent,
  note: z.string(),
  made_at: Instant.nullable(),
  made_by_name: z.string(),
})
export type TemplateVersion = z.infer<typeof TemplateVersion>

export const TemplateDraft = z.object({
  content: TemplateContent,
  note: z.string().trim().min(3).max(1000).describe('what changes and why'),
  base: z.int().min(0).describe('the version it changes; another since is a conflict'),
})
export type TemplateDraft = z.infer<typeof TemplateDraft>

export const TemplatePreview = z.object({ content: TemplateContent, format: DocumentFormat })

/** What is wrong in a template: where, and with which placeholder. */
export interface TemplateFault {
  readonly field: TemplateField
  readonly fault: 'unknown' | 'open' | 'table-not-alone'
  readonly name: string
}

/** The placeholders of a text, in the order they stand. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, name = '']) => name)
}

/** Everything wrong in a template of this kind. */
export function templateFaults(kind: DocumentKind, content: TemplateContent): TemplateFault[] {
  return TemplateContent.keyof().options.flatMap((field) =>
    content[field].split('\n').flatMap((text) => lineFaults(kind, field, text)),
  )
}

function lineFaults(kind: DocumentKind, field: TemplateField, text: string): TemplateFault[] {
  const names = placeholdersIn(text)
  const faults = names.flatMap((name): TemplateFault[] => {
    const form = formOf(kind, name)
    if (!form) return [{ field, fault: 'unknown', name }]
    const alone = field === 'body' && text.trim().replace(/\s/g, '') === `{{${name}}}`
    return form === 'table' && !alone ? [{ field, fault: 'table-not-alone', name }] : []
  })
  const rest = text.replace(/\{\{[^{}]*\}\}/g, '')
  return /\{\{|\}\}/.test(rest) ? [...faults, { field, fault: 'open', name: text.trim() }] : faults
}

/** How a placeholder of a kind is written; undefined: there is none of this name. */
export function formOf(kind: DocumentKind, name: string): PlaceholderForm | undefined {
  const known = documentPlaceholders[kind]
  return Object.hasOwn(known, name) ? known[name]?.form : undefined
}
