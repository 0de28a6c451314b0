import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fieldsOf } from '@haidang/contracts/form-definition'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import { expect, test } from 'vitest'
import { loadCompetence } from '../src/competence-file.ts'
import { loadForms } from '../src/form-files.ts'

const content = join(import.meta.dirname, '../../../content')
const { specialities } = await loadCompetence(join(content, 'competence/vn-2017.yaml'))
const shipped = await loadForms(join(content, 'forms'), {
  speciality: specialities.map(({ id, name }) => ({ id, name })),
})

// Nodes hold forms filled in by these very versions: who changes a form, or words it chooses among, raises its
// version and adds a line.
test('a version of a form that ships never changes', () => {
  const digests = shipped.map((form) => {
    const digest = createHash('sha256').update(canonicalJson(form)).digest('hex')
    return `${form.id}@${form.version} ${digest.slice(0, 16)}`
  })
  expect(digests).toMatchInlineSnapshot(`
    [
      "vn-2017.01@1 a8478f863e265caf",
      "vn-2017.02@1 a1bd44cdfd9fc89d",
      "vn-2017.03@1 82ecddbf74ba4b12",
      "vn-2017.04@1 1a231b1d0dbadbe0",
      "vn-2017.06@1 e7d63362a381a9bf",
      "vn-2017.notice@1 349ea4b209957d56",
      "vn-2017.progress@1 20ef5a58486feb83",
      "vn-2026.01@1 57b43e62b3f0d1ef",
      "vn-2026.02@1 81dfcfb08e9a02fd",
      "vn-2026.03@1 96996989d55449ea",
      "vn-2026.04@1 d10e1c608640972f",
      "vn-2026.06@1 b4b48d928da638ce",
      "vn-2026.notice@1 2ee0ecd3dd3ca15f",
      "vn-2026.progress@1 bffd8c3323721b17",
    ]
  `)
})

test('what the law of 2026 has not published says so, and has the fields of 2017', () => {
  for (const number of ['01', '02', 'notice', '03', 'progress', '04', '06']) {
    const [old, now] = ['vn-2017', 'vn-2026'].map((profile) =>
      shipped.find(({ id }) => id === `${profile}.${number}`),
    )
    if (!old || !now) throw new Error(`no form ${number}`)
    expect(now.provisional?.vi).toContain('chưa ban hành mẫu')
    expect(fieldsOf(now)).toEqual(fieldsOf(old))
    const isOurs = number === 'progress' || number === '06'
    expect(old.provisional === undefined).toBe(!isOurs)
  }
})
