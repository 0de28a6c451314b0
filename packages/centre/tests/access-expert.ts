import { createClient, type Send } from '@haidang/contracts/client'
import { expertApi } from '@haidang/contracts/expert-api'

/** Somebody who agreed to be called upon. */
export const expertDraft = {
  name: 'Chuyên gia',
  specialities: ['d-response'],
  basis: { ground: 'consent' as const, since: '2026-01-01', note: 'văn bản thử' },
}

/** Puts an expert into the roster of an organisation. */
export async function addExpert(local: Send, id: string, n: number): Promise<string> {
  const body = { ...expertDraft, name: `Chuyên gia ${n}` }
  return (await createClient(expertApi, local).add({ params: { id }, body })).id
}
