import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { createClient } from '@haidang/contracts/client'
import { mailKeyApi } from '@haidang/contracts/mail-key'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { publicAdvisoryApi } from '@haidang/contracts/public-advisory'
import { createMessage, readKey, readSignature, verify } from 'openpgp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { PublicationService } from '../src/modules/publications/publication-service.ts'
import { advisoryOf } from './access-advisory.ts'
import { senderOf } from './access-holding.ts'
import { type Approving, approving } from './approving.ts'
import { faults } from './csaf-referee.ts'
import { MailSink, mailFacts } from './mail-sink.ts'

// The schemas of the standard lie outside the repository; HAIDANG_SHARED names them, `required` means they must be there.
const setting = process.env['HAIDANG_SHARED']
const shared =
  !setting || setting === 'required' ? join(import.meta.dirname, '../../../../shared') : setting
const schemas = join(shared, 'data/exchange/csaf/2.0/json_schema')
const isThere = existsSync(schemas)
if (!isThere && setting === 'required') throw new Error(`no shared data in ${shared}`)
if (!isThere) process.stderr.write(`skipped: no shared data in ${shared}\n`)

let of: Approving
beforeAll(async () => {
  of = await approving({ ...mailFacts, transport: new MailSink() })
  const params = { id: of.home }
  const body = { website: 'https://tt.example' }
  await createClient(organisationApi, of.local).update({ params, body })
})
afterAll(() => of?.[Symbol.asyncDispose]())

const everybody = () => createClient(publicAdvisoryApi, senderOf(of.node))
const drafts = () => of.an.api(advisoryDraftApi)

/** What was published under a title, told to somebody. */
async function publish(title: string, change: Partial<AdvisoryContent> = {}) {
  const content = { ...advisoryOf('clear'), title: { vi: title, en: '' }, ...change }
  const organisation_id = of.addressees[0]?.organisation_id ?? ''
  return issued(await drafts().create({ body: { content, addressees: [{ organisation_id }] } }))
}

async function issued({ id, revision }: { id: string; revision: number }) {
  await of.node.database.asOwner(`update advisory_draft set stage = 'approved' where id = $1`, [id])
  return drafts().publish({ params: { id }, body: { revision } })
}

async function revised(id: string, change: Partial<AdvisoryContent>, change_note: string) {
  const draft = await drafts().revise({ params: { id } })
  const content = { ...draft.content, ...change }
  const body = { revision: draft.revision, content, change_note }
  return issued(await drafts().change({ params: { id }, body }))
}

async function fetched(url: string, headers = {}) {
  const { statusCode, headers: got, body } = await of.node.http.inject({ url, headers })
  return { status: statusCode, headers: got, body }
}

const folder = '/.well-known/csaf/white'

test('everybody reads what is TLP:CLEAR, and nothing tells that there is more: no title, number, gap, version or count', async () => {
  const due = { answer_due_at: '2099-01-01T00:00:00.000Z' }
  const first = await publish('Lỗ hổng thứ nhất', { cves: ['CVE-2026-20001'] })
  const amber = await publish('Điều riêng AMBER', { tlp: 'amber' })
  const warned = await publish('Cảnh báo riêng', { kind: 'warning', ...due })
  const drill = await publish('Bài tập', { exercise: true })
  const second = await publish('Lỗ hổng thứ hai')
  const raised = await publish('Điều sau này kín')
  await revised(raised.id, { tlp: 'green' }, 'Nâng mức chia sẻ')
  const before = await publish('Điều trước đây kín', { tlp: 'green', severity: 'low' })
  const opened = await revised(before.id, { tlp: 'clear', severity: 'high' }, 'Hạ từ GREEN')
  await revised(opened.id, { severity: 'critical' }, 'Đã bị khai thác')

  const { items, total, next } = await everybody().list({ query: {} })
  expect({ total, next }).toEqual({ total: 3, next: null })
  expect(items.map(({ content }) => content.title.vi)).toEqual([
    'Điều trước đây kín',
    'Lỗ hổng thứ hai',
    'Lỗ hổng thứ nhất',
  ])
  const numbers = items.map(({ number }) => number)
  expect(numbers.map((number) => number.slice(-4))).toEqual(['0004', '0002', '0001'])
  expect(numbers[0]).toMatch(/^CBCK-20[0-9]{2}-0004$/)
  const page = await everybody().get({ params: { number: numbers[0] ?? '' } })
  expect(page.versions).toMatchObject([
    { version: 2, change_note: 'Đã bị khai thác' },
    { version: 1, change_note: '' },
  ])
  const said = JSON.stringify([items, page])
  for (const { number, id } of [first, second, amber, warned, drill, raised, before]) {
    expect(said).not.toContain(number)
    expect(said).not.toContain(id)
  }
  expect(said).not.toContain('Hạ từ GREEN')

  const found = async (query: object) => (await everybody().list({ query })).items.length
  expect(await found({ filter: 'text:"lo hong thu nhat"' })).toBe(1)
  expect(await found({ filter: 'text:CVE-2026-20001' })).toBe(1)
  expect(await found({ filter: 'severity:critical' })).toBe(1)
  expect(await found({ filter: `text:${first.number}` })).toBe(0)
  expect(await found({ filter: 'text:AMBER' })).toBe(0)
  const one = await everybody().list({ query: { limit: 1 } })
  const rest = await everybody().list({ query: { limit: 2, cursor: one.next ?? '' } })
  expect([...one.items, ...rest.items].map(({ number }) => number)).toEqual(numbers)
  for (const filter of ['tlp:amber', `issuer_id:${of.home}`, 'kind:warning']) {
    await expect(found({ filter })).rejects.toThrow('filter.invalid')
  }
  const hidden = numbers[0]?.replace('0004', '0003') ?? ''
  await expect(everybody().get({ params: { number: hidden } })).rejects.toThrow(
    'advisory.not-found',
  )
  await of.an
    .api(advisoryApi)
    .cancel({ params: { id: second.id }, body: { reason: 'Nhầm sản phẩm' } })
  const ended = await everybody().get({ params: { number: numbers[1] ?? '' } })
  expect(ended).toMatchObject({
    state: 'cancelled',
    versions: [{ change_note: 'Nhầm sản phẩm' }, {}],
  })
})

test('programs find, fetch and check the documents as CSAF 2.0 says', async () => {
  await of.an.api(mailKeyApi).make({ body: { reason: 'ký tài liệu' } })
  const { body, headers } = await fetched('/.well-known/csaf/provider-metadata.json')
  const metadata = JSON.parse(body)
  expect(metadata).toMatchObject({
    canonical_url: 'https://soc.example/.well-known/csaf/provider-metadata.json',
    role: 'csaf_trusted_provider',
    publisher: { name: 'Trung tâm', namespace: 'https://tt.example' },
  })
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  })
  if (isThere) {
    const schema = JSON.parse(readFileSync(join(schemas, 'provider_json_schema.json'), 'utf8'))
    const csaf = JSON.parse(readFileSync(join(schemas, 'csaf_json_schema.json'), 'utf8'))
    schema.properties.publisher = csaf.properties.document.properties.publisher
    expect(z.fromJSONSchema(schema).safeParse(metadata).error).toBeUndefined()
    expect(z.fromJSONSchema(schema).safeParse({ ...metadata, role: 'x' }).success).toBe(false)
  }

  const feed = JSON.parse((await fetched(`${folder}/csaf-feed-tlp-white.json`)).body).feed
  const listed = (await fetched(`${folder}/index.txt`)).body.trim().split('\n')
  const changes = (await fetched(`${folder}/changes.csv`)).body.trim().split('\n')
  expect(listed).toHaveLength(3)
  expect(feed.entry).toHaveLength(3)
  expect(changes.map((line) => JSON.parse(`[${line}]`)[0])).toEqual(listed)
  expect(changes.toSorted((a, b) => (a.slice(-25) < b.slice(-25) ? 1 : -1))).toEqual(changes)
  const key = await readKey({
    armoredKey: (await fetched(new URL(metadata.public_openpgp_keys[0].url).pathname)).body,
  })
  for (const [place, name] of listed.entries()) {
    const document = await fetched(`${folder}/${name}`)
    expect(await faults(JSON.parse(document.body))).toEqual([])
    const { tracking, distribution } = JSON.parse(document.body).document
    expect(distribution.tlp.label).toBe('WHITE')
    expect(name).toBe(
      `${tracking.initial_release_date.slice(0, 4)}/${tracking.id.toLowerCase()}.json`,
    )
    expect(feed.entry[place]).toMatchObject({
      id: tracking.id,
      updated: tracking.current_release_date,
      content: { src: `https://soc.example${folder}/${name}` },
    })
    for (const kind of ['sha256', 'sha512']) {
      const hash = createHash(kind).update(document.body).digest('hex')
      const file = await fetched(`${folder}/${name}.${kind}`)
      expect(file.body).toBe(`${hash}  ${name.split('/')[1]}\n`)
    }
    const { signatures } = await verify({
      message: await createMessage({ binary: Buffer.from(document.body) }),
      signature: await readSignature({
        armoredSignature: (await fetched(`${folder}/${name}.asc`)).body,
      }),
      verificationKeys: key,
    })
    expect(await signatures[0]?.verified).toBe(true)
    const again = { 'if-none-match': String(document.headers['etag']) }
    expect(await fetched(`${folder}/${name}`, again)).toMatchObject({ status: 304, body: '' })
  }
  const [name = ''] = listed
  const { csaf } = await everybody().get({ params: { number: feed.entry[0].id } })
  expect(csaf).toBe(`https://soc.example${folder}/${name}`)
  for (const path of [`1999/${name.slice(5)}`, `${name}.md5`, `${name.replace('.json', '.xml')}`]) {
    expect((await fetched(`${folder}/${path}`)).status, path).toBe(404)
  }
})

test('a node that does not publish says nothing to everybody', async () => {
  const off = new PublicationService({ isOn: false } as never)
  await expect(off.list({ limit: 1 })).rejects.toMatchObject({ code: 'request.not-found' })
  await expect(off.one('CBCK-2026-0001')).rejects.toMatchObject({ code: 'request.not-found' })
})
