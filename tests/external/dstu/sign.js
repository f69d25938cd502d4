// Signs what comes in by ДСТУ 4145 with a key made for this run; what goes out is a detached CMS.
"use strict";
const fs = require("fs");
const jkurwa = require("jkurwa");
const { hash } = require("gost89").compat.algos();
const { DEFAULT_SBOX_COMPRESSED } = require("jkurwa/lib/spec/dstszi2010.js");

const DAY = 24 * 3600 * 1000;
const now = Date.now();
const key = jkurwa.std_curve("DSTU_PB_257").keygen();
key.sbox = DEFAULT_SBOX_COMPRESSED;
const who = {
  commonName: "Краснопір Вікторія Іванівна",
  title: "директор департаменту",
  organizationName: "Департамент соціальної політики",
};
const made = jkurwa.Certificate.signCert({
  privkey: key,
  hash,
  certData: {
    serial: 1595207680,
    issuer: who,
    subject: who,
    usage: "\x03\x02\x06\xC0", // a bit string: signatures and non-repudiation
    valid: { from: now - DAY, to: now + DAY },
  },
});
const message = new jkurwa.models.Message({
  type: "signedData",
  cert: jkurwa.Certificate.from_asn1(made.as_asn1()),
  signer: key,
  hash,
  dataHash: hash(fs.readFileSync(0)),
});
fs.writeSync(1, message.as_asn1());
