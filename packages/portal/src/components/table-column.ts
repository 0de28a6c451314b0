import type { ReactNode } from 'react'

export interface Column<T> {
  readonly id: string
  readonly header: string
  /** CSS grid track, such as `96px` or `minmax(0,1fr)`. */
  readonly width: string
  readonly cell: (row: T) => ReactNode
  readonly align?: 'right'
  /** Shown only where the table is at least this many pixels wide. */
  readonly from?: number
  /** Always shown: what the row is. */
  readonly fixed?: boolean
}
