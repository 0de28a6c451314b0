import { formatOf, type Product, type WayIn } from '@haidang/contracts/product'
import {
  type CollectorKind,
  placedCollectors,
  SourceDraft,
  tokenCollectors,
} from '@haidang/contracts/source'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../../api/api.ts'
import { Button } from '../../../components/button.tsx'
import { ErrorSummary } from '../../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  lines,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../../components/form.ts'
import { gutter, PageHead } from '../../../components/page.tsx'
import { cn } from '../../../theme/cn.ts'
import { KafkaFields, kafkaOf, useKafkaNames } from '../kafka-fields.tsx'
import { collectorNames } from '../source-words.ts'
import { freeName } from './product-search.ts'
import { entranceQuery, takenNamesQuery, tokenQuery } from './source-queries.ts'

/** Exporters that speak to the station only. */
const flowCollectors: ReadonlySet<CollectorKind> = new Set(['netflow', 'ipfix', 'sflow'])

/** Step two: how the product's records come. All is filled in; the button is the only thing needed. */
export function ChooseWay({ product }: { product: Product }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const issues = useIssues()
  const taken = useQuery(takenNamesQuery)
  const [at, setAt] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLInputElement>('input:checked')?.focus(), [])
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const ways = waysOf(product)
  const way = ways[at] ?? product.ways[0]
  const create = useMutation({
    mutationFn: (body: SourceDraft) => api.sources.create({ body }),
    onSuccess: ({ source, token }) => {
      client.setQueryData(tokenQuery(source.id).queryKey, token)
      void client.invalidateQueries({ queryKey: ['sources'] })
      void client.invalidateQueries(entranceQuery)
      const search = { source: source.id, way: at }
      void navigate({ to: '/stations/set-up', search, replace: true })
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = SourceDraft.safeParse({
      name: text(form, 'name'),
      collector: way.collector,
      format: formatOf(product),
      senders: lines(form, 'senders'),
      product: product.id,
      draft: true,
      ...(placedCollectors.has(way.collector) && { path: text(form, 'path').trim() }),
      ...(way.collector === 'kafka' && { kafka: kafkaOf(form) }),
    })
    setWrong(issues(parsed))
    if (parsed.success) create.mutate(parsed.data)
  }
  const kafka = useKafkaNames()
  const names = { name: t`Tên nguồn`, path: t`Tệp`, senders: t`Địa chỉ bên gửi` }
  return (
    <>
      <PageHead
        title={product.name}
        about={product.versions}
        acts={
          <Link to="/stations/set-up" search={{}} className="text-13 text-accent hover:underline">
            {t`Chọn sản phẩm khác`}
          </Link>
        }
      />
      <form
        ref={form}
        noValidate
        onSubmit={submitted(send)}
        className={cn('flex max-w-2xl flex-col gap-5 pb-16', gutter)}
      >
        <ErrorSummary errors={wrong} error={create.error} names={{ ...names, ...kafka }} />
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1 font-medium text-13">{t`Đường vào`}</legend>
          {ways.map((each, index) => (
            <Way
              key={`${each.collector} ${each.put}`}
              way={each}
              isFirst={index === 0}
              checked={index === at}
              onChoose={() => setAt(index)}
            />
          ))}
        </fieldset>
        <Place way={way} at={at} wrong={wrong} names={names} kafka={kafka} />
        <Field
          label={names.name}
          help={t`Chữ thường không dấu, số, gạch nối`}
          error={wrong['name']}
        >
          <Input
            key={taken.data ? 'known' : 'unknown'}
            name="name"
            defaultValue={freeName(product.id, taken.data ?? [])}
            className="font-mono"
          />
        </Field>
        <div>
          <Button look="primary" type="submit" busy={create.isPending}>{t`Lấy cấu hình`}</Button>
        </div>
      </form>
    </>
  )
}

/** What the product names, and Kafka: much of what is logged passes through one. */
function waysOf({ ways }: Product): readonly WayIn[] {
  const isFlow = ways.every(({ collector }) => flowCollectors.has(collector))
  return isFlow || ways.some(({ collector }) => collector === 'kafka')
    ? ways
    : [...ways, { collector: 'kafka', put: '', lines: '' }]
}

interface PlaceProps {
  readonly way: WayIn
  readonly at: number
  readonly wrong: Errors
  readonly names: { readonly path: string; readonly senders: string }
  readonly kafka: ReturnType<typeof useKafkaNames>
}

/** From where: a file, brokers, or who may send. */
function Place({ way, at, wrong, names, kafka }: PlaceProps) {
  const { t } = useLingui()
  if (way.collector === 'kafka') {
    return (
      <div className="grid gap-4 sm:grid-cols-2">
        <KafkaFields names={kafka} errors={wrong} />
      </div>
    )
  }
  if (placedCollectors.has(way.collector)) {
    return (
      <Field
        label={names.path}
        help={t`Đường dẫn tuyệt đối trên máy của trạm; tên tệp có thể có dấu *`}
        error={wrong['path']}
      >
        <Input key={at} name="path" defaultValue={way.path} className="font-mono" />
      </Field>
    )
  }
  return (
    <Field
      label={names.senders}
      optional={t`không bắt buộc`}
      help={
        tokenCollectors.has(way.collector)
          ? t`Mỗi dòng một địa chỉ hoặc dải. Bên gửi đã mang mã riêng của nguồn.`
          : t`Mỗi dòng một địa chỉ hoặc dải. Bỏ trống: nguồn này nhận mọi bên gửi chưa thuộc nguồn khác.`
      }
      error={wrong['senders']}
    >
      <Textarea name="senders" rows={2} placeholder="192.0.2.1" className="font-mono" />
    </Field>
  )
}

interface WayProps {
  readonly way: WayIn
  readonly isFirst: boolean
  readonly checked: boolean
  readonly onChoose: () => void
}

function Way({ way, isFirst, checked, onChoose }: WayProps) {
  const { t } = useLingui()
  const entrance = useQuery(entranceQuery)
  const open = entrance.data?.ways.find(({ collector }) => collector === way.collector)
  const abouts: Partial<Record<CollectorKind, string>> = {
    'tail-file': t`Trạm tự đọc tệp: tệp nằm trên máy của trạm hoặc thư mục chia sẻ`,
    kafka: t`Trạm tự lấy: bản ghi của sản phẩm đã nằm trong một chủ đề Kafka`,
  }
  const about = abouts[way.collector] ?? way.put
  return (
    <label
      className={cn(
        'flex min-h-12 cursor-pointer items-start gap-3 rounded-control border px-3 py-2 hover:bg-hover',
        checked ? 'border-accent bg-accent-soft' : 'border-line',
      )}
    >
      <input type="radio" name="way" checked={checked} onChange={onChoose} className="mt-1" />
      <span className="flex min-w-0 flex-col">
        <span className="text-13">
          <span className="font-medium">{collectorNames[way.collector]}</span>
          {open?.port ? <span className="ml-2 text-ink-2">{t`cổng ${open.port}`}</span> : null}
          {isFirst ? <span className="ml-2 text-12 text-accent">{t`nên dùng`}</span> : null}
        </span>
        <span className="break-words text-12 text-ink-2">{about}</span>
      </span>
    </label>
  )
}
