import { createClient, type Send } from '@haidang/contracts/client'
import { incidentObservableApi } from '@haidang/contracts/incident-observable-api'

/** Something that was seen in an incident. */
export async function addObservable(local: Send, id: string): Promise<string> {
  const observables = createClient(incidentObservableApi, local)
  await observables.add({ params: { id }, body: { items: [{ value: '192.0.2.7' }] } })
  return (await observables.list({ params: { id }, query: {} })).items[0]?.id ?? ''
}
