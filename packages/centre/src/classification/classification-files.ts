import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassificationRules, Taxonomy } from '@haidang/contracts/classification'
import { readContent } from '../content-file.ts'
import { Classifier } from './classifier.ts'

const taxonomyFile = 'rsit.yaml'

/**
 * The taxonomy and the rules of a directory, checked.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadClassifier(directory: string): Promise<Classifier> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort()
  const taxonomy = await readContent(join(directory, taxonomyFile), Taxonomy)
  const rules = names.filter((name) => name !== taxonomyFile)
  return new Classifier(
    taxonomy,
    await Promise.all(rules.map((name) => readContent(join(directory, name), ClassificationRules))),
  )
}
