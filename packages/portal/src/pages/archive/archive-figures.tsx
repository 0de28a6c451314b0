import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { Failure } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** How the archive stands, and what is wrong with it. */
export function ArchiveFigures() {
  const { t } = useLingui()
  const { number, bytes } = useWords()
  const refusal = useRefusal()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['archive', 'status'],
    queryFn: ({ signal }) => api.archive.status({}, signal),
    refetchInterval: 30_000,
  })
  const run = useMutation({
    mutationFn: () => api.archive.run({}),
    onSettled: () => void client.invalidateQueries({ queryKey: ['archive'] }),
  })
  return (
    <Section
      title={t`Kho lưu trữ`}
      acts={
        <Button
          size="small"
          refusal={refusal('station.manage') ?? (run.isPending ? t`Đang chạy` : undefined)}
          onClick={() => run.mutate()}
        >{t`Lưu trữ ngay`}</Button>
      }
    >
      {run.error ? <Failure error={run.error} /> : null}
      <Asked query={query}>
        {(status) => (
          <>
            {status.last_error ? (
              <p className="py-2 text-13 text-critical">
                {t`Lượt vừa rồi chưa xong: ${status.last_error}. Sự kiện chưa lưu trữ không bị xóa.`}
              </p>
            ) : null}
            {status.troubles.map(({ hour, cause }) => (
              <p key={hour} className="py-1 text-13 text-critical">
                <Time at={hour} as="absolute" />: {cause}
              </p>
            ))}
            <Facts>
              <Fact name={t`Sự kiện`}>{number(status.rows)}</Fact>
              <Fact name={t`Tệp`}>{number(status.files)}</Fact>
              <Fact name={t`Dung lượng`}>{bytes(status.bytes)}</Fact>
              <Fact name={t`Giờ đang chờ`}>{number(status.waiting_hours)}</Fact>
              <Fact name={t`Đã lấy lại`}>{number(status.restored_rows)}</Fact>
              <Fact name={t`Tệp hỏng`}>
                <span className={status.faulty > 0 ? 'text-critical' : undefined}>
                  {number(status.faulty)}
                </span>
              </Fact>
              <Fact name={t`Lượt cuối`}>
                {status.last_turn_at ? <Time at={status.last_turn_at} /> : t`chưa có`}
              </Fact>
            </Facts>
            {status.on ? null : (
              <p className="py-2 text-13 text-ink-2">{t`Kho lưu trữ đang tắt.`}</p>
            )}
          </>
        )}
      </Asked>
    </Section>
  )
}
