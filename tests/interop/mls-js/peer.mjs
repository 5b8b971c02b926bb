// One member of one group, by ts-mls. Reads a JSON object a line ({"do": ..., ...}), answers one a line.
import * as mls from "ts-mls"
import { createGroupInfoWithRatchetTree } from "ts-mls/createCommit.js"
import { createInterface } from "node:readline"

const plain = await mls.getCiphersuiteImpl(
  mls.getCiphersuiteFromName("MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"),
)
// ts-mls 1.6.4 reads and writes the external_pub extension without the length that RFC 9420 §12.4.3.2
// gives it (HPKEPublicKey is opaque<V>), so it is taken off here, and put on below.
const KEY = 32
const suite = {
  ...plain,
  hpke: {
    ...plain.hpke,
    importPublicKey: (key) =>
      plain.hpke.importPublicKey(key.length === KEY + 1 && key[0] === KEY ? key.slice(1) : key),
  },
}
const hex = (bytes) => Buffer.from(bytes).toString("hex")
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"))
const message = (text) => mls.decodeMlsMessage(bytes(text), 0)[0]
const encoded = (wireformat, content) =>
  hex(mls.encodeMlsMessage({ version: "mls10", wireformat, ...content }))

let signing, did, own, state, pending

const leaves = () =>
  state.ratchetTree.flatMap((node, at) =>
    node?.nodeType === "leaf"
      ? [{ at: at / 2, did: Buffer.from(node.leaf.credential.identity).toString() }]
      : [],
  )
const seat = (member) => leaves().find((leaf) => leaf.did === member).at
const groupInfo = async (of) => {
  const pair = await suite.hpke.deriveKeyPair(of.keySchedule.externalSecret)
  const key = await suite.hpke.exportPublicKey(pair.publicKey)
  const outside = { extensionType: "external_pub", extensionData: Uint8Array.of(key.length, ...key) }
  return encoded("mls_group_info", {
    groupInfo: await createGroupInfoWithRatchetTree(
      of.groupContext, of.confirmationTag, of, of.ratchetTree, [outside], suite),
  })
}

const commands = {
  async key() {
    signing = await suite.signature.keygen()
    return { key: hex(signing.publicKey) }
  },
  async be(asked) {
    did = asked.did
    own = await mls.generateKeyPackageWithKey(
      { credentialType: "basic", identity: new TextEncoder().encode(did) },
      mls.defaultCapabilities(),
      mls.defaultLifetime,
      [],
      signing,
      suite,
    )
    return { keyPackage: encoded("mls_key_package", { keyPackage: own.publicPackage }) }
  },
  async create(asked) {
    state = await mls.createGroup(
      bytes(asked.groupId), own.publicPackage, own.privatePackage, [], suite)
  },
  async join(asked) {
    state = await mls.joinGroup(
      message(asked.welcome).welcome, own.publicPackage, own.privatePackage, mls.emptyPskIndex, suite)
  },
  async comeIn(asked) {
    const made = await mls.joinGroupExternal(
      message(asked.groupInfo).groupInfo, own.publicPackage, own.privatePackage, asked.again, suite)
    pending = made.newState
    return {
      commit: encoded("mls_public_message", { publicMessage: made.publicMessage }),
      groupInfo: await groupInfo(pending),
    }
  },
  async commit(asked) {
    const extraProposals = [
      ...asked.add.map((keyPackage) => ({
        proposalType: "add",
        add: { keyPackage: message(keyPackage).keyPackage },
      })),
      ...asked.remove.map((member) => ({ proposalType: "remove", remove: { removed: seat(member) } })),
    ]
    const made = await mls.createCommit(
      { state, cipherSuite: suite },
      { extraProposals, wireAsPublicMessage: true, ratchetTreeExtension: true },
    )
    pending = made.newState
    return {
      commit: hex(mls.encodeMlsMessage(made.commit)),
      welcome: made.welcome ? encoded("mls_welcome", { welcome: made.welcome }) : "",
      groupInfo: await groupInfo(pending),
    }
  },
  async taken() {
    state = pending
  },
  async leave() {
    const made = await mls.createProposal(
      state, true, { proposalType: "remove", remove: { removed: seat(did) } }, suite)
    state = made.newState
    return { proposal: hex(mls.encodeMlsMessage(made.message)) }
  },
  async follow(asked) {
    const result = await mls.processPublicMessage(
      state, message(asked.message).publicMessage, mls.emptyPskIndex, suite)
    state = result.newState
  },
  async send(asked) {
    const made = await mls.createApplicationMessage(state, new TextEncoder().encode(asked.text), suite)
    state = made.newState
    return { message: encoded("mls_private_message", { privateMessage: made.privateMessage }) }
  },
  async read(asked) {
    const result = await mls.processPrivateMessage(
      state, message(asked.message).privateMessage, mls.emptyPskIndex, suite)
    state = result.newState
    return { text: new TextDecoder().decode(result.message) }
  },
  async look() {
    return {
      epoch: Number(state.groupContext.epoch),
      authenticator: hex(state.keySchedule.epochAuthenticator),
      members: leaves().map((leaf) => leaf.did).sort(),
    }
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  try {
    process.stdout.write(JSON.stringify({ ok: true, ...(await commands[asked.do](asked)) }) + "\n")
  } catch (failure) {
    process.stdout.write(JSON.stringify({ ok: false, why: String(failure?.stack ?? failure) }) + "\n")
  }
}
