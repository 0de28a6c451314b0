import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { clockOf } from '../../format/day.ts'
import { dutyQuery } from './shift-queries.ts'

/** Who is on duty now and until when, and who comes next. */
export function DutyLine() {
  const { data } = useQuery(dutyQuery)
  if (!data) return null
  const [current] = data.current
  const { next } = data
  const until = current ? clockOf(current.ends_at) : ''
  const officer = current?.officer?.name ?? ''
  const nextOfficer = next?.officer?.name ?? ''
  const nextAt = next ? clockOf(next.starts_at) : ''
  return (
    <>
      {current ? (
        officer ? (
          <Trans>
            {current.name}: {officer} trực đến {until}.
          </Trans>
        ) : (
          <Trans>{current.name}: chưa có trực ban.</Trans>
        )
      ) : (
        <Trans>Hiện không có ca trực nào.</Trans>
      )}{' '}
      {next && nextOfficer ? (
        <Trans>
          Tiếp theo: {nextOfficer}, từ {nextAt}.
        </Trans>
      ) : null}
    </>
  )
}
