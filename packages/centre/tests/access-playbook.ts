import { createClient, type Send } from '@haidang/contracts/client'
import { playbookApi } from '@haidang/contracts/playbook-api'
import type { Tlp } from '@haidang/contracts/tlp'
import { contentOf } from './playbooks-for.ts'

const content = contentOf('Mã độc', ['a'])

/** A playbook an organisation has published. */
export async function addPlaybook(own: Send, tlp: Tlp): Promise<string> {
  const playbooks = createClient(playbookApi, own)
  const { id, revision } = await playbooks.write({ body: { tlp, content } })
  const body = { revision, valid_from: '2099-01-01', reason: 'ban hành' }
  return (await playbooks.publish({ params: { id }, body })).id
}
