import { type Product, ProductKind } from '@haidang/contracts/product'
import { formatNames } from '@haidang/contracts/record-format'
import { useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Field, Input } from '../../../components/field.tsx'
import { submitted } from '../../../components/form.ts'
import { Section } from '../../../components/page.tsx'
import { useWords } from '../../../language/use-words.ts'
import { AddByHandButton } from '../add-source.tsx'
import { matchingProducts } from './product-search.ts'

/** Step one: which product. Typing narrows the list, Enter takes the first. */
export function ChooseProduct({ products }: { products: readonly Product[] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const found = matchingProducts(products, text)
  const take = () => {
    const [first] = found
    if (first) void navigate({ to: '/stations/set-up', search: { product: first.id } })
  }
  return (
    <div className="flex max-w-5xl flex-col gap-5 pb-16">
      <form onSubmit={submitted(take)} className="max-w-md">
        <Field label={t`Tìm sản phẩm`} help={t`Enter chọn sản phẩm đầu tiên`}>
          <Input
            type="search"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder="FortiGate, Windows, Suricata…"
            autoFocus
          />
        </Field>
      </form>
      <p role="status" className="sr-only">{t`${found.length} sản phẩm`}</p>
      {text === '' ? (
        <Kinds products={found} />
      ) : found.length > 0 ? (
        <ProductList products={found} />
      ) : (
        <p className="text-13 text-ink-2">
          {t`Không có sản phẩm nào tên như vậy. Nhiều thiết bị gửi được syslog, CEF hay JSON: tìm theo định dạng đó, hoặc khai báo bằng tay.`}
        </p>
      )}
      <div>
        <AddByHandButton />
      </div>
    </div>
  )
}

function Kinds({ products }: { products: readonly Product[] }) {
  const { label } = useWords()
  return ProductKind.options.map((kind) => {
    const those = products.filter((product) => product.kind === kind)
    return those.length === 0 ? null : (
      <Section key={kind} title={label('productKind', kind)} count={those.length}>
        <ProductList products={those} />
      </Section>
    )
  })
}

function ProductList({ products }: { products: readonly Product[] }) {
  return (
    <ul className="grid gap-2 pt-2 sm:grid-cols-2 lg:grid-cols-3">
      {products.map(({ id, name, formats }) => (
        <li key={id} className="min-w-0">
          <Link
            to="/stations/set-up"
            search={{ product: id }}
            className="flex min-h-12 flex-col justify-center rounded-control border border-line px-3 py-1.5 hover:border-line-strong hover:bg-hover"
          >
            <span className="truncate font-medium text-13">{name}</span>
            <span className="truncate text-12 text-ink-3 empty:hidden">
              {formats
                .map((format) => formatNames[format])
                .filter((format) => format !== name)
                .join(', ')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
