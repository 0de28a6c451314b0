import { createClient, type Send } from '@haidang/contracts/client'
import { formApi } from '@haidang/contracts/form-api'
import type { Tlp } from '@haidang/contracts/tlp'
import type { CentreNode } from './centre-node.ts'

/** Begins a form of an organisation; one is open at a time, so this one is then told apart from the next by its subject. */
export async function addForm(
  node: CentreNode,
  local: Send,
  subject: string,
  tlp: Tlp,
): Promise<string> {
  const { id } = await createClient(formApi, local).begin({
    body: { use: 'member-record', subject, tlp },
  })
  await node.database.asOwner('update form set subject = id where id = $1', [id])
  return id
}
