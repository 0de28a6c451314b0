import type { OrganisationSummary } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { useWords } from '../../language/use-words.ts'
import { NewOrganisationButton } from './new-organisation-button.tsx'
import { MembershipMark, organisationFields, StandingMark } from './organisation-words.tsx'

const route = getRouteApi('/shell/organisations')
const idOf = (organisation: OrganisationSummary) => organisation.id

export function OrganisationsTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['organisations', 'list', filter],
    read: (cursor, signal) =>
      api.organisations.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const filtered = (next: string) =>
    void navigate({ to: '/organisations', search: next ? { q: next } : {}, replace: true })
  const columns = useOrganisationColumns()
  return (
    <FilteredList
      q={q}
      fields={organisationFields}
      example="kind:ministry and contacts:overdue"
      onFilter={filtered}
      pages={pages}
      name="organisations"
      label={t`Tổ chức`}
      idOf={idOf}
      columns={columns}
      compact={(organisation) => <OrganisationLine organisation={organisation} />}
      onOpen={({ id }) => void navigate({ to: '/organisations/$id', params: { id } })}
      empty={<Empty title={t`Chưa có tổ chức nào`} act={<NewOrganisationButton />} />}
    />
  )
}

function Name({ organisation }: { organisation: OrganisationSummary }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/organisations/$id"
        params={{ id: organisation.id }}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {organisation.name}
      </Link>
      {organisation.home ? <Pill>{t`chủ nút`}</Pill> : null}
      {organisation.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

function useOrganisationColumns(): readonly Column<OrganisationSummary>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Tổ chức`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (organisation) => <Name organisation={organisation} />,
      },
      {
        id: 'code',
        header: t`Mã định danh`,
        width: '120px',
        from: 760,
        cell: ({ code }) => <code className="text-12">{code}</code>,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: 'minmax(120px,1.5fr)',
        from: 640,
        cell: ({ kind }) => <span className="text-ink-2">{label('organisationKind', kind)}</span>,
      },
      {
        id: 'membership',
        header: t`Thành viên mạng lưới`,
        width: '152px',
        from: 560,
        cell: ({ membership }) => <MembershipMark state={membership} />,
      },
      {
        id: 'duty',
        header: t`Đầu mối trực`,
        width: 'minmax(140px,2fr)',
        from: 900,
        cell: ({ duty }) => (duty ? `${duty.name} · ${duty.phone || duty.email}` : ''),
      },
      {
        id: 'contacts',
        header: t`Xác nhận đầu mối`,
        width: '152px',
        from: 700,
        cell: ({ contact_standing }) => <StandingMark standing={contact_standing} />,
      },
    ],
    [t, label],
  )
}

function OrganisationLine({ organisation }: { organisation: OrganisationSummary }) {
  const { label } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <Name organisation={organisation} />
      <span className="flex flex-wrap items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{label('organisationKind', organisation.kind)}</span>
        <span className="ml-auto">
          <StandingMark standing={organisation.contact_standing} />
        </span>
      </span>
    </div>
  )
}
