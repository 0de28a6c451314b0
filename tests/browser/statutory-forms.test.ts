import { formApi } from '@haidang/contracts/form-api'
import type { FormContent, FormRow } from '@haidang/contracts/form-content'
import { type FormDefinition, type FormField, fieldsOf } from '@haidang/contracts/form-definition'
import { columnsOf, type Part } from '@haidang/contracts/form-shape'
import { incidentReportApi } from '@haidang/contracts/incident-report-api'
import { orderApi } from '@haidang/contracts/order-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { readSheet } from '@haidang/runtime/sheets/read-sheet'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { browserMissing } from './browser.ts'
import { looked } from './looked.ts'
import { stageWith } from './stage.ts'
import { settled, usualLook, visitor } from './visitor.ts'

const skipped = browserMissing()

/** Of each kind of text one that is right. */
const written: Readonly<Record<string, string>> = {
  email: 'truc@so.example',
  phone: '024 3943 0000',
  url: 'https://so.example',
  ip: '192.0.2.10',
  domain: 'dvc.so.example',
  date: '2026-11-23',
  time: '08:30',
}

const stage = stageWith(async ({ centre }) => {
  const { id } = await centre.api(organisationApi).create({
    body: { code: 'NM.1', name: 'Nhà mạng Ví dụ', kind: 'isp' },
  })
  const order = await centre.api(orderApi).issue({
    body: {
      title: 'Chặn máy chủ điều khiển',
      situation: 'Máy chủ điều khiển đang hoạt động.',
      actions: [{ id: 'a1', kind: 'block_ip', text: 'Chặn', indicators: ['192.0.2.1'] }],
      report_due_at: '2031-11-26T01:00:00Z',
      addressees: [{ organisation_id: id, role: 'lead' }],
    },
  })
  return { order: order.id }
})

const control = (page: Page, name: string) => page.locator(`[name="${name}"]`)

/** Fills one value in as somebody would; answers what was said. */
async function fillCell(page: Page, name: string, { kind, options, format, key }: Part) {
  const box = control(page, name)
  if (kind === 'choice') {
    const id = options.at(-1)?.id ?? ''
    await box.selectOption(id)
    return id
  }
  const value = written[format ?? kind] ?? `Nội dung mục ${key}, số ${name.length}`
  await box.fill(value)
  return value
}

async function fillRow(page: Page, field: FormField, prefix: string): Promise<FormRow> {
  const row: Record<string, string> = {}
  for (const column of columnsOf(field)) {
    if (column.key === 'id') continue
    row[column.key] = await fillCell(page, `${prefix}.${column.key}`, column)
  }
  return row
}

async function fillField(page: Page, field: FormField): Promise<FormContent[string]> {
  const { key, kind, options } = field
  switch (kind) {
    case 'several': {
      const group = page.locator('fieldset', { has: control(page, key) })
      for (const { name } of options) {
        await group.getByRole('checkbox', { name: name.vi, exact: true }).check()
      }
      return options.map(({ id }) => id)
    }
    case 'table':
    case 'file': {
      const first = columnsOf(field)[0]?.key
      if ((await control(page, `${key}.0.${first}`).count()) === 0) await control(page, key).click()
      return [await fillRow(page, field, `${key}.0`)]
    }
    case 'person':
    case 'contact':
      return fillRow(page, field, key)
    default:
      return fillCell(page, key, field)
  }
}

/** What a sheet says of a field, by the words of the form. */
function worded(field: FormField, said: FormContent[string]): string {
  const named = (cell: unknown, options: Part['options']) =>
    options.find(({ id }) => id === cell)?.name.vi ?? `${cell}`
  const row = (cells: FormRow) =>
    columnsOf(field)
      .flatMap(({ key, options }) => (key in cells ? [named(cells[key], options)] : []))
      .join(', ')
  if (field.kind === 'several') {
    return (said as string[]).map((each) => named(each, field.options)).join('; ')
  }
  if (Array.isArray(said)) return (said as FormRow[]).map(row).join('\n')
  return typeof said === 'object' ? row(said) : named(said, field.options)
}

/** What a sheet says, by the keys of fields. */
async function saidIn(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>()
  await readSheet(bytes, 'csv', (_, cells) => {
    const [, key, , content] = cells.map(({ text }) => text)
    said.set(key ?? '', content ?? '')
  })
  return said
}

const reportForms = ['incident-first-report', 'incident-progress-report', 'incident-final-report']

test.skipIf(skipped)(
  'every statutory form of coordination is filled in, submitted, exported, and read again field by field',
  async () => {
    const { browser, network, cookie, order } = stage()
    const { centre } = network
    const context = await visitor(browser, centre.access.url, usualLook, cookie)
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()

    /** The form that is open: every field filled in, submitted, and compared with what its files say. */
    const filled = async (use: string): Promise<void> => {
      await page.waitForURL(/\/forms\/frm_/)
      await page.getByRole('button', { name: 'Nộp biểu mẫu' }).waitFor()
      const id = /frm_[0-9a-f-]+/.exec(page.url())?.[0] ?? ''
      const form = await centre.api(formApi).get({ params: { id } })
      expect(form.use).toBe(use)
      const definition: FormDefinition = form.definition
      const said: Record<string, FormContent[string]> = {}
      for (const field of fieldsOf(definition)) said[field.key] = await fillField(page, field)
      await page.getByText('Đã lưu bản nháp').waitFor()
      if (use === 'incident-first-report') await looked(page)
      await page.getByRole('button', { name: 'Nộp biểu mẫu' }).click()
      await page.getByRole('link', { name: /^Về (tin báo|lệnh)$/ }).waitFor()

      const json = await context.request.get(`/api/v1/forms/${id}/file`)
      const file = await json.json()
      expect(file.state).toBe('submitted')
      for (const { key } of fieldsOf(definition)) {
        expect(file.content[key], `${use}: ${key}`).toEqual(said[key])
      }
      expect(Object.keys(file.content).sort()).toEqual(Object.keys(said).sort())
      const sheet = await context.request.get(`/api/v1/forms/${id}/sheet?format=csv`)
      const rows = await saidIn(await sheet.body())
      for (const field of fieldsOf(definition)) {
        const text = worded(field, said[field.key] ?? '')
        expect(rows.get(field.key), `${use}: ${field.key} of the sheet`).toBe(text)
      }
    }

    await page.goto('/incident-reports')
    await page.getByRole('button', { name: 'Báo sự cố' }).first().click()
    await page.getByRole('dialog').locator('button[type=submit]').click()
    await filled('incident-notice')
    for (const use of reportForms) {
      await page.getByRole('link', { name: 'Về tin báo' }).click()
      await settled(page)
      await page.locator(`button[name="${use}"]`).click()
      await filled(use)
    }
    await page.getByRole('link', { name: 'Về tin báo' }).click()
    await page.getByText('Báo cáo kết thúc ứng phó').first().waitFor()
    await looked(page)
    const { items } = await centre.api(incidentReportApi).list({ query: {} })
    expect(items).toMatchObject([{ state: 'received', stage: 'final', channel: 'portal' }])

    await page.keyboard.press('e')
    await page.getByText('Đã xác nhận với người báo').waitFor()

    await page.goto('/incident-reports')
    const telephone = page.getByRole('button', { name: 'Ghi tin qua điện thoại' })
    const happened = page.getByRole('dialog').getByLabel('Đã xảy ra gì')
    await telephone.click()
    await happened.fill('Máy chủ không vào được từ 9 giờ')
    await page.reload()
    await telephone.click()
    await expect.poll(() => happened.inputValue()).toBe('Máy chủ không vào được từ 9 giờ')

    await page.goto(`/orders/${order}`)
    await page.locator('button[name="coordination-order"]').click()
    await filled('coordination-order')
    await context.close()
  },
  240_000,
)
