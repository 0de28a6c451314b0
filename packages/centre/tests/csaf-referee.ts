import * as mandatory from '@secvisogram/csaf-validator-lib/mandatoryTests.js'
import * as schema from '@secvisogram/csaf-validator-lib/schemaTests.js'
import validate from '@secvisogram/csaf-validator-lib/validate.js'
import { expect } from 'vitest'

/** Every schema and mandatory test of the reference validator. */
export async function faults(document: object) {
  const tests = [...Object.values(schema), ...Object.values(mandatory)]
  const { tests: ran } = await validate(tests, document)
  expect(ran.length).toBeGreaterThan(30)
  return ran.flatMap(({ name, errors }) => errors.map((one) => ({ name, ...one })))
}
