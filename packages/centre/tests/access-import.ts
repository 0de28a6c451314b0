import { createClient, type Send } from '@haidang/contracts/client'
import { systemImportApi } from '@haidang/contracts/system-import'
import type { Tlp } from '@haidang/contracts/tlp'

/** Begins to read in a file with one information system. */
export async function addImport(local: Send, organisation_id: string, tlp: Tlp): Promise<string> {
  const content = Buffer.from('code,name\nNHAP.1,Hệ thống nhập\n').toString('base64')
  const imports = createClient(systemImportApi, local)
  const body = { name: 'x.csv', format: 'csv' as const, content, organisation_id, tlp }
  return (await imports.start({ body })).id
}
