import type { Expert } from '@haidang/contracts/expert'
import type { Organisation } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Empty, Failure, LoadingRows } from '../../components/states.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { ExportButtons } from '../approvals/export-buttons.tsx'
import { ExpertDialog } from './expert-dialog.tsx'
import { CertificateMark, OnCallMark } from './expert-marks.tsx'
import { RemoveExpertDialog } from './remove-expert-dialog.tsx'
import { useSpecialities } from './use-specialities.ts'

/** The experts of one organisation: whom to call upon, and what for. */
export function OrganisationExperts({ organisation: { id } }: { organisation: Organisation }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [added, setAdded] = useState(false)
  const filter = `organisation_id:${id}`
  const { query, items } = usePages({
    queryKey: ['experts', 'of', id],
    read: (cursor, signal) => api.experts.list({ query: { limit: 50, cursor, filter } }, signal),
  })
  const acts = (
    <span className="flex flex-wrap gap-2">
      <ExportButtons kind="expert.export" filter={filter} />
      <Button refusal={refusal('expert.manage')} onClick={() => setAdded(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm chuyên gia`}
      </Button>
    </span>
  )
  return (
    <div className="max-w-3xl">
      <Section title={t`Chuyên gia có thể huy động`} acts={acts}>
        {query.isPending ? <LoadingRows /> : null}
        {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data && items.length === 0 ? (
          <Empty title={t`Chưa có chuyên gia nào`}>
            {t`Khi có sự cố, cơ quan điều phối tìm người theo chuyên môn: thêm người của tổ chức có thể tham gia.`}
          </Empty>
        ) : null}
        <ul className="divide-y divide-line">
          {items.map((expert) => (
            <ExpertLine key={expert.id} expert={expert} />
          ))}
        </ul>
        {query.hasNextPage ? (
          <Button busy={query.isFetching} onClick={() => void query.fetchNextPage()}>
            {t`Xem thêm`}
          </Button>
        ) : null}
      </Section>
      {added ? <ExpertDialog organisationId={id} onClose={() => setAdded(false)} /> : null}
    </div>
  )
}

function ExpertLine({ expert }: { expert: Expert }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const { specialityName } = useSpecialities()
  const [open, setOpen] = useState<'edit' | 'remove'>()
  const { basis, certificates } = expert
  const missing = refusal('expert.manage')
  const close = () => setOpen(undefined)
  return (
    <li className="flex flex-col gap-1 py-3 text-13">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{expert.name}</span>
        <span className="text-ink-2">{expert.position}</span>
        {expert.on_call ? <OnCallMark expert={expert} /> : null}
        {certificates.length > 0 ? <CertificateMark expert={expert} /> : null}
      </span>
      <span>{expert.specialities.map(specialityName).join(', ')}</span>
      <span className="text-ink-2">
        {[expert.phone, expert.email, expert.languages.join(', ')].filter(Boolean).join(' · ')}
      </span>
      {certificates.map(({ name, issuer, valid_to }) => (
        <span key={`${name}${issuer}${valid_to}`} className="text-12 text-ink-2">
          {[name, issuer, valid_to && t`đến ${plainDate(valid_to)}`].filter(Boolean).join(' · ')}
        </span>
      ))}
      <span className="text-12 text-ink-3">
        {label('expertGround', basis.ground)}, {plainDate(basis.since)}: {basis.note}
      </span>
      <span className="flex flex-wrap gap-2 pt-1">
        <Button size="small" refusal={missing} onClick={() => setOpen('edit')}>{t`Sửa`}</Button>
        <Button size="small" look="danger" refusal={missing} onClick={() => setOpen('remove')}>
          {t`Xóa`}
        </Button>
      </span>
      {open === 'edit' ? (
        <ExpertDialog organisationId={expert.organisation_id} expert={expert} onClose={close} />
      ) : null}
      {open === 'remove' ? <RemoveExpertDialog expert={expert} onClose={close} /> : null}
    </li>
  )
}
