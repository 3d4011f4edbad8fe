import { wrap } from 'comlink';
import type { VaultContract } from '../../../src/bridge/vault-contract';
import { Vault } from '../../../src/vault/vault';
import vaultWorker from '../../../workers/vault.worker.ts?worker&url';
import * as raw from '../../browser/vault/raw-store';
import * as samples from '../../browser/vault/sample-rows';
import { auditTables, editsOf, putAuditTables } from './edits';
import { keepVault } from './kept-vault';
import { findState, numberedWrite, streamWrites } from './numbered-writes';
import { obstaclesFor } from './obstacles';
import { startOldApp } from './old-app';
import { rotateToTheEnd, secondSession } from './rotating';
import { wordInEveryTable, writeInTheClear } from './words';

/** The vault on an empty page, for faults to be made to it. */

const worker = new Worker(vaultWorker, { type: 'module' });

const onPage = {
  /** The worker of the app, on the vault of the app. Every call of its contract is asynchronous already. */
  vault: wrap<VaultContract>(worker) as unknown as VaultContract,
  raw,
  samples,
  Vault,
  editsOf,
  auditTables,
  putAuditTables,
  obstacles: obstaclesFor,
  startOldApp,
  keepVault,
  secondSession,
  rotateToTheEnd,
  wordInEveryTable,
  writeInTheClear,
  numberedWrite,
  findState,
  streamWrites,
};

export type Harness = typeof onPage;

declare global {
  var harness: Harness;
}

// The tests run through a compiler that wraps functions in `__name`, also those that are sent to this page.
Object.assign(globalThis, { harness: onPage, __name: (named: unknown) => named });
