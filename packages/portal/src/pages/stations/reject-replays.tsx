import type { RejectReplay } from '@haidang/contracts/reject-replay'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { complain } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

type Choice = Parameters<typeof api.sources.replay>[0]['body']
const askEvery = 1000

/** Begins to read rejects again. */
export function useReplay() {
  const client = useQueryClient()
  const describe = useDescribe()
  return useMutation({
    mutationFn: (body: Choice) => api.sources.replay({ body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['replays'] }),
    onError: (error) => complain(describe(error).title),
  })
}

/** How far the latest replay of rejects is; nothing before the first one. */
export function LatestReplay() {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['replays'],
    queryFn: ({ signal }) => api.sources.replays({ query: { limit: 1 } }, signal),
    refetchInterval: ({ state }) => (state.data?.items[0]?.state === 'running' ? askEvery : false),
  })
  const replay = data?.items[0]
  const done = replay?.done
  const state = replay?.state
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['rejects'] })
    void client.invalidateQueries({ queryKey: ['sources'] })
  }, [client, done, state])
  return replay ? <Progress replay={replay} /> : null
}

function Progress({ replay }: { replay: RejectReplay }) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const client = useQueryClient()
  const stop = useMutation({
    mutationFn: () => api.sources.stopReplay({ params: { id: replay.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['replays'] }),
  })
  const { done, total, events, still_rejected: still, problem, state } = replay
  const heads = {
    running: t`Đang đọc lại`,
    done: t`Lần đọc lại gần nhất đã xong`,
    stopped: t`Lần đọc lại gần nhất đã dừng`,
  }
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
      <span className="font-medium">{heads[state]}</span>
      {state === 'running' ? (
        <progress value={done} max={Math.max(1, total)} aria-label={heads.running} />
      ) : null}
      <span className="text-ink-2">
        {t`${number(done)} trên ${number(total)} bản ghi · ${number(events)} thành sự kiện · ${number(still)} vẫn không đọc được`}
      </span>
      {problem ? <span className="text-high">{t`Đang thử lại: ${problem}`}</span> : null}
      {state === 'running' ? (
        <Button
          size="small"
          refusal={refusal('source.manage')}
          busy={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {t`Dừng`}
        </Button>
      ) : null}
    </div>
  )
}
