import { useMemo } from 'react';
import { parseRoute } from '../app/routes.ts';
import { navigate, useRoute } from '../app/use-route.ts';
import { readAddress, writeAddress, type ListAddress } from './list-address.ts';
import type { ListFilter } from './list-filter.ts';

interface ListAddressControl extends ListAddress {
  readonly setFilter: (filter: ListFilter) => void;
  /** Null closes the drawer. */
  readonly setFile: (fileId: number | null) => void;
}

/** The address is the state of this screen: the back button, a reload and a link from elsewhere all lead to it. */
export function useListAddress(): ListAddressControl {
  const { params } = useRoute();
  const read = readAddress(params);
  const { fileId } = read;
  // Another file, or the same filter written otherwise, is no other filter: the list must not be asked again for it.
  const written = writeAddress({ filter: read.filter, fileId: null });
  const filter = useMemo(() => readAddress(parseRoute(written).params).filter, [written]);
  return {
    filter,
    fileId,
    setFilter: (next) => navigate(writeAddress({ filter: next, fileId }), { replace: true }),
    setFile: (next) => navigate(writeAddress({ filter, fileId: next }), { replace: true }),
  };
}
