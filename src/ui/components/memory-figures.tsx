import type { MemoryReport } from '../../echo';
import { useLocalisation } from '../i18n/localisation';
import { FigureList } from './figure-list';

/** Memory as far as it is told; nothing is estimated. */
export function MemoryFigures({ memory }: { readonly memory: MemoryReport }) {
  const { text, formats } = useLocalisation();
  const bytes = (known: number | undefined) =>
    known === undefined ? text('developer.untold') : formats.bytes(known);
  const { tensors, storage, cache } = memory;
  return (
    <section className="card">
      <h2>{text('developer.memory')}</h2>
      <FigureList
        figures={[
          [
            text('developer.memory.tensors'),
            tensors === undefined
              ? text('developer.none')
              : text('developer.memory.tensorsOf', {
                  count: formats.number(tensors.tensors),
                  bytes: formats.bytes(tensors.bytes),
                }),
          ],
          [text('developer.memory.heap'), bytes(memory.heapBytes)],
          [
            text('developer.memory.storage'),
            storage === undefined
              ? text('developer.untold')
              : text('developer.memory.storageOf', {
                  used: formats.bytes(storage.usedBytes),
                  quota: formats.bytes(storage.quotaBytes),
                }),
          ],
          [text('developer.memory.log'), bytes(memory.logBytes)],
          [
            text('developer.memory.cache'),
            cache === undefined
              ? text('developer.none')
              : text('developer.memory.cacheOf', {
                  entries: formats.number(cache.entries),
                  capacity: formats.number(cache.capacity),
                }),
          ],
          [
            text('developer.memory.hitRate'),
            cache?.hitRate === undefined ? text('developer.none') : formats.percent(cache.hitRate),
          ],
        ]}
      />
    </section>
  );
}
