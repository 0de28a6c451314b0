import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { expect, test } from 'vitest'
import { csafDocument, csafFileName } from '../src/modules/csaf/csaf-document.ts'
import { content } from './advising.ts'
import { faults } from './csaf-referee.ts'

const publisher = { name: 'Trung tâm quốc gia', namespace: 'https://tt.example' }
const first = { version: 1, time: '2026-11-22T03:00:00.000Z', change_note: '' }
const whole: AdvisoryContent = {
  ...content,
  products: [
    ...content.products,
    {
      vendor: 'Ví Dụ',
      name: 'Cổng thư',
      versions: '>= 8.0.0, < 8.1.2',
      fixed: '8.1.2',
      cpe: 'cpe:2.3:a:vi_du:cong_thu:*:*:*:*:*:*:*:*',
      purl: 'pkg:npm/cong-thu',
    },
  ],
  references: [{ title: 'Thông báo của hãng', url: 'https://hang.example/a' }],
}

const kinds: [string, AdvisoryContent][] = [
  ['with products and references', whole],
  ['with products only', content],
  ['with nothing but words', { ...content, products: [], cves: [], remediations: [] }],
  ['with numbers of vulnerabilities but no product', { ...content, products: [] }],
  ['for a drill, in both languages', { ...whole, title: { vi: 'Thử', en: 'Try' } }],
]

test.each(kinds)(
  'an advisory %s passes every mandatory test of the CSAF 2.0 validator',
  async (_, of) => {
    const said = {
      number: 'CBS-2026-0001',
      content: of,
      simulated: true,
      state: 'published',
    } as const
    const document = csafDocument({ ...said, versions: [first] }, publisher)
    expect(await faults(document)).toEqual([])
  },
)

test('later versions, a cancellation and every TLP pass too, and say so', async () => {
  const versions = [
    { version: 3, time: '2026-11-24T03:00:00.000Z', change_note: 'Nhầm sản phẩm' },
    { version: 2, time: '2026-11-23T03:00:00.000Z', change_note: 'Thêm bản vá' },
    first,
  ]
  for (const tlp of ['clear', 'green', 'amber', 'amber+strict', 'red'] as const) {
    const said = { number: 'CBR-2026-0012', simulated: false, state: 'cancelled' } as const
    const document = csafDocument({ ...said, content: { ...whole, tlp }, versions }, publisher)
    expect(await faults(document)).toEqual([])
    expect(JSON.stringify(document)).toContain('Nhầm sản phẩm')
    expect(JSON.stringify(document)).toContain(`TLP:${tlp.toUpperCase()}`)
  }
  expect(csafFileName('CBR-2026-0012')).toBe('cbr-2026-0012.json')
})

test('the referee finds what is wrong', async () => {
  const said = { number: 'CBS-2026-0001', content: whole, simulated: false } as const
  const document = csafDocument({ ...said, state: 'published', versions: [] }, publisher)
  expect(await faults(document)).not.toEqual([])
})
