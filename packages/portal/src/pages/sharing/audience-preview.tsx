import type { AudienceDraft, AudienceKind } from '@haidang/contracts/audience'
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { AudienceAnswer } from './audience-answer.tsx'

const step = 20
const most = 500

/** Who will see what is being written; follows what is chosen. */
export function AudiencePreview({ draft }: { draft: AudienceDraft }) {
  const { t } = useLingui()
  const [limit, setLimit] = useState(step)
  const query = useQuery({
    queryKey: ['audience', 'draft', draft, limit],
    queryFn: ({ signal }) => api.audiences.preview({ body: draft, query: { limit } }, signal),
    placeholderData: keepPreviousData,
    enabled: draft.organisation_id !== '',
  })
  if (draft.organisation_id === '') return null
  return (
    <Section title={t`Ai sẽ thấy`}>
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {(audience) => (
          <AudienceAnswer
            audience={audience}
            kind={draft.kind}
            onMore={() => setLimit(Math.min(most, limit + 5 * step))}
          />
        )}
      </Asked>
    </Section>
  )
}

interface AudienceOfProps {
  readonly kind: AudienceKind
  readonly id: string
  /** Changes with the thing, so that the answer does. */
  readonly version: string | number
  readonly acts?: React.ReactNode
}

/** Who sees a thing; nothing where only its owner may know. */
export function AudienceOf({ kind, id, version, acts }: AudienceOfProps) {
  const { t } = useLingui()
  const [limit, setLimit] = useState(step)
  const query = useQuery({
    queryKey: ['audience', kind, id, version, limit],
    queryFn: ({ signal }) => readers[kind](id, limit, signal),
    placeholderData: keepPreviousData,
  })
  if (query.error instanceof Refusal && query.error.code === 'audience.owner-only') return null
  return (
    <Section title={t`Ai thấy`} acts={acts}>
      <Asked query={query} loading={<LoadingRows rows={3} />}>
        {(audience) => (
          <AudienceAnswer
            audience={audience}
            kind={kind}
            onMore={() => setLimit(Math.min(most, limit + 5 * step))}
          />
        )}
      </Asked>
    </Section>
  )
}

const readers = {
  incident: (id: string, limit: number, signal: AbortSignal) =>
    api.audiences.ofIncident({ params: { id }, query: { limit } }, signal),
  order: (id: string, limit: number, signal: AbortSignal) =>
    api.audiences.ofOrder({ params: { id }, query: { limit } }, signal),
  system: (id: string, limit: number, signal: AbortSignal) =>
    api.audiences.ofSystem({ params: { id }, query: { limit } }, signal),
}
