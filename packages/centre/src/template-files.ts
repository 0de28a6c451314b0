import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DocumentKind } from '@haidang/contracts/document'
import { TemplateContent, templateFaults } from '@haidang/contracts/document-template'
import { Problem } from '@haidang/runtime/problem'
import { z } from 'zod'
import { readContent } from './content-file.ts'

const Template = z.strictObject({ kind: DocumentKind, content: TemplateContent })

/**
 * The shipped templates, one file a kind.
 * Throws Problem configuration.invalid with the file and what is wrong in it.
 */
export async function loadTemplates(
  directory: string,
): Promise<ReadonlyMap<DocumentKind, TemplateContent>> {
  const found = new Map<DocumentKind, TemplateContent>()
  for (const name of (await readdir(directory)).filter((one) => one.endsWith('.yaml'))) {
    const path = join(directory, name)
    const { kind, content } = await readContent(path, Template)
    const [fault] = templateFaults(kind, content)
    if (fault) {
      throw new Problem('configuration.invalid', `${path}: ${fault.field}: {{${fault.name}}}`)
    }
    found.set(kind, content)
  }
  const missing = DocumentKind.options.find((kind) => !found.has(kind))
  if (missing) throw new Problem('configuration.invalid', `${directory}: no template of ${missing}`)
  return found
}
