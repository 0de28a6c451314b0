import { PlaybookContent } from '@haidang/contracts/playbook'
import { playbookApi } from '@haidang/contracts/playbook-api'
import type { SignedIn } from '@haidang/testbed/signed-in'
import type { Visit } from './visits.ts'

const both = (vi: string, en: string) => ({ vi, en })
const content = PlaybookContent.parse({
  name: both('Ứng cứu mã độc tống tiền', 'Response to ransomware'),
  types: ['MALWARE', 'ENCRYPT'],
  tasks: [
    {
      id: 'isolate',
      phase: 'respond',
      title: both('Cô lập máy nhiễm, giữ bộ nhớ', 'Isolate infected machines, keep their memory'),
      due: 'PT2H',
      clause: 'NĐ 333/2026/NĐ-CP, Điều 9.1',
      checklist: [both('Ngắt mạng, không tắt máy', 'Cut the network, leave the power on')],
    },
    {
      id: 'lessons',
      phase: 'learn_lessons',
      title: both('Họp rút kinh nghiệm', 'Meet on lessons learned'),
      due: 'P5D',
      depends_on: ['isolate'],
    },
  ],
})

/** Pages of response plans: the list, one in force, one being written; the same ones each time. */
export async function playbookVisits(coordinator: SignedIn): Promise<readonly Visit[]> {
  const id = await inForce(coordinator)
  const who = 'coordinator'
  return [
    { name: 'playbooks', who, path: '/playbooks' },
    { name: 'playbook', who, path: `/playbooks/${id}` },
    { name: 'playbook-edit', who, path: `/playbooks/${id}/edit` },
    { name: 'playbook-new', who, path: '/playbooks/new' },
  ]
}

async function inForce(coordinator: SignedIn): Promise<string> {
  const playbooks = coordinator.api(playbookApi)
  const { items } = await playbooks.list({ query: { limit: 1, filter: 'state:in_force' } })
  if (items[0]) return items[0].id
  const { id, revision } = await playbooks.write({ body: { content } })
  const valid_from = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
  const body = { revision, valid_from, reason: 'Ban hành lần đầu theo quy chế ứng cứu' }
  await playbooks.publish({ params: { id }, body })
  return id
}
