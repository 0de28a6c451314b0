import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@haidang/contracts/client'
import type { DocumentFile } from '@haidang/contracts/document'
import {
  documentApi,
  documentCertificateApi,
  documentCheckApi,
  documentTemplateApi,
} from '@haidang/contracts/document-api'
import { incidentApi } from '@haidang/contracts/incident-api'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { setupApi } from '@haidang/contracts/person-api'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { keyFor, password, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'
import { documentContent } from './document-content.ts'
import { ownCertificate } from './own-certificate.ts'
import { has, poppler } from './poppler.ts'

const directory = mkdtempSync(join(tmpdir(), 'haidang-documents-'))
let node: CentreNode
let documents: Client<typeof documentApi>
let templates: Client<typeof documentTemplateApi>
let orders: Client<typeof orderApi>
let check: Client<typeof documentCheckApi>
let ministry: string

const bytesOf = ({ content }: DocumentFile) => Buffer.from(content, 'base64')
const refused = (code: string) =>
  expect.objectContaining({ message: expect.stringContaining(code) })

const { textOf, signatureOf } = poppler(directory)

const issued = async (title = 'Chặn máy chủ điều khiển mã độc') => {
  const order = await orders.issue({ body: { ...orderDraft(node, ministry), title } })
  const params = { id: order.id }
  const { document } = await documents.ofOrder({ params })
  if (!document) throw new Error('an issued order is a document')
  const pdf = bytesOf(await documents.orderFile({ params: { ...params, format: 'pdf' } }))
  return { order, document, pdf }
}

beforeAll(async () => {
  node = await centreNode()
  const local = senderOf(node, localToken)
  await createClient(setupApi, senderOf(node)).complete({
    body: {
      token: (await node.setup.token()) ?? '',
      language: 'vi',
      node_name: 'Nút thử',
      organisation: { code: 'TT', name: 'Trung tâm Ví dụ', kind: 'national_centre' },
      administrator: { name: 'Quản trị', email: 'quan-tri@tt.example', password },
    },
  })
  documents = createClient(documentApi, local)
  templates = createClient(documentTemplateApi, local)
  orders = createClient(orderApi, local)
  check = createClient(documentCheckApi, senderOf(node))
  const { id } = await createClient(organisationApi, local).create({
    body: { code: 'BO.VD', name: 'Bộ Ví dụ', kind: 'ministry' },
  })
  ministry = id
}, 120_000)
afterAll(async () => {
  await node?.[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

test('an issued order is a document its issuer and its addressee take along, and nobody else', async () => {
  const { order, document, pdf } = await issued()
  expect(document).toMatchObject({
    kind: 'order',
    number: order.number,
    state: 'issued',
    subject: order.id,
    issuer_name: 'Trung tâm Ví dụ',
    signed_by: 'Trung tâm Ví dụ',
    template_version: 0,
    sha256: createHash('sha256').update(pdf).digest('hex'),
  })
  const params = { id: order.id, format: 'pdf' as const }
  const theirs = createClient(
    documentApi,
    senderOf(node, await keyFor(node, ministry, 'focal-point')),
  )
  expect(bytesOf(await theirs.orderFile({ params }))).toEqual(pdf)
  expect((await theirs.list({ query: {} })).items.map(({ id }) => id)).toContain(document.id)
  const { id: other } = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code: 'TINH.VD', name: 'Tỉnh Ví dụ', kind: 'ministry' },
  })
  const foreign = createClient(
    documentApi,
    senderOf(node, await keyFor(node, other, 'focal-point')),
  )
  await expect(foreign.orderFile({ params })).rejects.toEqual(refused('order.not-found'))
  expect((await foreign.list({ query: {} })).items).toEqual([])
})

test.skipIf(!has('pdfsig'))(
  'the signature of a PDF holds, and a changed byte breaks it',
  async () => {
    const { pdf, document } = await issued()
    const good = signatureOf(pdf)
    expect(good).toContain('Signature is Valid')
    expect(good).toContain('Total document signed')
    expect(good).toContain('ETSI.CAdES.detached')
    expect(good).toContain(`Signer Certificate Common Name: ${document.signed_by}`)
    const at = pdf.indexOf('/CreationDate (D:2') + '/CreationDate (D:2'.length
    const changed = Buffer.from(pdf)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(signatureOf(changed)).not.toContain('Signature is Valid')
  },
)

test.skipIf(!has('pdftotext'))(
  'a PDF says what was ordered, and who else got it only to its issuer',
  async () => {
    const { pdf, order, document } = await issued()
    const text = textOf(pdf)
    for (const part of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'TRUNG TÂM VÍ DỤ',
      `Số: ${order.number}`,
      'Chặn máy chủ điều khiển mã độc',
      'Kính gửi: Bộ Ví dụ.',
      'MÔ PHỎNG',
      'TLP:AMBER',
      document.code.slice(0, 4),
    ]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('DỰ THẢO')
  },
)

test.skipIf(!has('pdftotext'))(
  'before it is issued an order is a draft that bears no number and no signature',
  async () => {
    const draft = { ...orderDraft(node, ministry), situation: '{{code}} <i>x</i>' }
    const pdf = bytesOf(await documents.orderDraft({ body: { draft, format: 'pdf' } }))
    const text = textOf(pdf)
    expect(text).toContain('{{code}} <i>x</i>')
    expect(text).toContain('Số: ……')
    expect(text).not.toContain('Mã kiểm tra')
    expect(signatureOf(pdf)).not.toContain('Signature is Valid')
  },
)

test('whoever holds a document learns whether it is in force, and nothing it says', async () => {
  const { order, document, pdf } = await issued('Điều chỉ nơi nhận biết')
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  const known = await check.check({ body: { code: document.code.toLowerCase() } })
  expect(known).toEqual({
    verdict: 'valid',
    number: order.number,
    issuer_name: 'Trung tâm Ví dụ',
    sha256,
    issued_at: document.issued_at,
    withdrawn_at: null,
    simulated: true,
  })
  expect(await check.check({ body: { sha256 } })).toEqual(known)
  const grouped = document.code.replace(/(.{4})(?=.)/g, '$1-')
  expect((await check.check({ body: { code: grouped } })).verdict).toBe('valid')
  await orders.withdraw({ params: { id: order.id }, body: { reason: 'Ban hành nhầm' } })
  const after = await check.check({ body: { sha256 } })
  expect(after).toMatchObject({ verdict: 'withdrawn', number: order.number })
  expect(JSON.stringify(after)).not.toContain('nhầm')
  const nothing = { verdict: 'unknown', number: null, issuer_name: null, sha256: null }
  expect(await check.check({ body: { code: 'Z'.repeat(16) } })).toMatchObject(nothing)
  expect(await check.check({ body: { sha256: '0'.repeat(64) } })).toMatchObject(nothing)
})

test('a changed order is a new document, and the one before is withdrawn', async () => {
  const { order, document } = await issued()
  const matrix = createClient(orderMatrixApi, senderOf(node, localToken))
  const params = { id: order.id }
  await matrix.amend({
    params,
    body: { version: 1, reason: 'Rõ hơn', title: 'Chặn cả dải địa chỉ' },
  })
  const { document: next } = await documents.ofOrder({ params })
  expect(next).toMatchObject({
    state: 'issued',
    number: order.number,
    title: 'Chặn cả dải địa chỉ',
  })
  expect(next?.id).not.toBe(document.id)
  expect((await check.check({ body: { code: document.code } })).verdict).toBe('withdrawn')
})

test('what was issued stays: the database lets nobody change it', async () => {
  const { document } = await issued()
  const change = node.database.transact(
    { actor: { id: 'x', name: 'x' }, organisations: 'all', clearance: 4 },
    (tx) => tx.execute(sql`update issued_document set number = 'X' where id = ${document.id}`),
  )
  await expect(change).rejects.toThrow()
})

test.skipIf(!has('pdftotext'))(
  'the report of an incident is a draft until it is issued, and then as it was issued',
  async () => {
    const incidents = createClient(incidentApi, senderOf(node, localToken))
    const incident = await incidents.open({
      body: {
        title: 'Mã độc tống tiền',
        summary: 'Máy chủ tệp bị mã hóa.',
        organisation_id: ministry,
      },
    })
    const params = { id: incident.id }
    const draft = bytesOf(await documents.incidentFile({ params: { ...params, format: 'pdf' } }))
    expect(textOf(draft)).toContain('Máy chủ tệp bị mã hóa.')
    expect(textOf(draft)).toContain('Mở sự cố')
    expect((await documents.ofIncident({ params })).document).toBeNull()
    const report = await documents.issueReport({ params, body: {} })
    expect(report.number).toMatch(/^BCSC-\d{4}-0001$/)
    await expect(documents.issueReport({ params, body: {} })).rejects.toEqual(
      refused('document.issued-already'),
    )
    await incidents.note({ params, body: { text: 'Ghi sau khi ban hành' } })
    const kept = bytesOf(await documents.incidentFile({ params: { ...params, format: 'pdf' } }))
    expect(createHash('sha256').update(kept).digest('hex')).toBe(report.sha256)
    expect(textOf(kept)).not.toContain('Ghi sau khi ban hành')
  },
)

test('a template is changed version by version, back to an earlier one too; a faulty one is refused by name', async () => {
  const params = { kind: 'order' as const }
  const [shipped] = (await templates.versions({ params })).items
  if (!shipped) throw new Error('no template')
  const content = { ...shipped.content, body: 'Xin chào {{recipients}}.', place: 'Huế, {{date}}' }
  const body = { content, note: 'Đổi lời', base: 0 }
  expect((await templates.save({ params, body })).version).toBe(1)
  await expect(templates.save({ params, body })).rejects.toEqual(refused('template.changed'))
  expect((await issued()).document.template_version).toBe(1)
  const wrong = { ...content, body: 'Mật khẩu {{password}}\nBảng: {{actions}}' }
  const refusal = templates.save({ params, body: { content: wrong, note: 'sai', base: 1 } })
  await expect(refusal).rejects.toEqual(refused('password'))
  const preview = templates.preview({ params, body: { content: wrong, format: 'pdf' } })
  await expect(preview).rejects.toEqual(refused('template.invalid'))
  const back = { content: shipped.content, note: 'Trở về bản gốc', base: 1 }
  expect((await templates.save({ params, body: back })).version).toBe(2)
  expect((await templates.versions({ params })).items.map(({ version }) => version)).toEqual([
    2, 1, 0,
  ])
})

test('every shipped template shows a preview', async () => {
  for (const kind of ['order', 'request', 'warning', 'incident_report', 'minutes'] as const) {
    const params = { kind }
    const [newest] = (await templates.versions({ params })).items
    const body = { content: newest?.content ?? documentContent, format: 'docx' as const }
    expect(
      bytesOf(await templates.preview({ params, body }))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK')
  }
})

test.skipIf(!has('pdfsig') || !has('openssl'))(
  'an organisation signs with a certificate of its own, kept sealed, until it takes it back',
  async () => {
    const certificate = createClient(documentCertificateApi, senderOf(node, localToken))
    const p12 = ownCertificate('Con dấu Ví dụ', directory)
    const wrong = { content: p12, password: 'sai', reason: 'thử' }
    await expect(certificate.import({ body: wrong })).rejects.toEqual(
      refused('document-certificate.unreadable'),
    )
    const mine = await certificate.import({ body: { ...wrong, password: 'dung' } })
    expect(mine).toMatchObject({ own: true, subject: 'Con dấu Ví dụ', expired: false })
    const { pdf, document } = await issued()
    expect(document.signed_by).toBe('Con dấu Ví dụ')
    expect(signatureOf(pdf)).toContain('Signature is Valid')
    const stored = await node.database.asOwner('select sealed from document_certificate')
    expect(JSON.stringify(stored.rows)).not.toContain(p12.slice(0, 40))
    expect(await certificate.remove({})).toMatchObject({ own: false, subject: 'Trung tâm Ví dụ' })
    const before = await certificate.get({})
    const after = await certificate.rotate({ body: { reason: 'Đổi khóa theo lịch' } })
    expect(after.fingerprint).not.toBe(before.fingerprint)
    expect((await issued()).document.certificate).toBe(after.fingerprint)
  },
)
