import { csvLine, csvMark } from '@haidang/contracts/csv-cell'
import { strToU8, type Zippable, zipSync } from 'fflate'
import type { SheetFormat } from './sheet.ts'

/** Media types by format. */
export const sheetMediaTypes: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Writes rows of texts as a sheet in which no cell is ever computed. */
export function writeSheet(rows: Iterable<readonly string[]>, format: SheetFormat): Uint8Array {
  return format === 'csv' ? writeCsv(rows) : writeXlsx(rows)
}

function writeCsv(rows: Iterable<readonly string[]>): Uint8Array {
  const pieces = [csvMark]
  for (const row of rows) pieces.push(csvLine(row))
  return Buffer.from(pieces.join(''))
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A workbook of one sheet whose cells are all texts (ECMA-376, inline strings). */
function writeXlsx(rows: Iterable<readonly string[]>): Uint8Array {
  const pieces = [`${head}<worksheet xmlns="${main}"><sheetData>`]
  for (const row of rows) pieces.push('<row>', ...row.map(xmlCell), '</row>')
  pieces.push('</sheetData></worksheet>')
  const parts: Zippable = {
    '[Content_Types].xml': strToU8(
      `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${mime}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${mime}.worksheet+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': Buffer.from(pieces.join('')),
  }
  return zipSync(parts, { level: 6 })
}

/** XML 1.0 holds no other characters below the space. */
function isXml(sign: string): boolean {
  return '\t\n\r'.includes(sign) || ('\x7f' <= sign && sign <= '\x9f')
}

function xmlCell(text: string): string {
  if (text === '') return '<c/>'
  const escaped = text
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (sign) => (isXml(sign) ? sign : '\ufffd'))
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`
}
