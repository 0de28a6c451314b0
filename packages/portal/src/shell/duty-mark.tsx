import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UserRoundCheck } from 'lucide-react'
import { useMay } from '../api/session.ts'
import { clockOf } from '../format/day.ts'
import { dutyQuery } from '../pages/shifts/shift-queries.ts'

/** Which shift it is and who is on duty; leads to the roster. */
export function DutyMark() {
  const { t } = useLingui()
  const may = useMay()
  const { data } = useQuery({ ...dutyQuery, enabled: may('shift.read') })
  const [current] = data?.current ?? []
  if (!current) return null
  const officer = current.officer?.name ?? t`Chưa có trực ban`
  const about = t`${current.name}: ${officer}, đến ${clockOf(current.ends_at)}`
  return (
    <Link
      to="/shifts"
      search={{}}
      title={about}
      className="hidden h-8 min-w-0 max-w-48 items-center gap-1.5 rounded-control px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink md:flex"
    >
      <UserRoundCheck aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
      <span className="truncate">
        {current.name} · {officer}
      </span>
    </Link>
  )
}
