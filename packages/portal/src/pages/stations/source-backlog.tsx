import type { HeldReason, SourceBacklog } from '@haidang/contracts/source-limits'
import { useLingui } from '@lingui/react/macro'
import { Fact } from '../../components/facts.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** What waits of a source, how old it is, and why the source is held back. */
export function BacklogFacts({ backlog }: { backlog: SourceBacklog }) {
  const { t } = useLingui()
  const { number, bytes, duration } = useWords()
  const { records, oldest_seconds, held_back } = backlog
  const reasons: Record<HeldReason, string> = {
    rate: t`gửi nhanh hơn giới hạn của nguồn`,
    share: t`phần hàng đợi dành cho nguồn đã đầy`,
    priority: t`hàng đợi sắp đầy, chỗ còn lại dành cho nguồn ưu tiên cao hơn`,
    crowding: t`hàng đợi sắp đầy, nguồn này đang chiếm nhiều hơn các nguồn khác`,
  }
  return (
    <>
      <Fact name={t`Đang chờ`}>
        {records === 0
          ? t`không có bản ghi nào`
          : t`${number(records)} bản ghi, ${bytes(backlog.bytes)}, cũ nhất ${duration(oldest_seconds)}`}
      </Fact>
      {held_back ? (
        <Fact name={t`Bị giữ lại`}>
          {reasons[held_back.reason]} (<Time at={held_back.since} />)
        </Fact>
      ) : null}
    </>
  )
}
