import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlSignatureScope;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.client.http.NativeHTTPDataLoader;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asks EU DSS what signed files are worth; its default policy decides.
 *
 * <p>Reads questions from standard input, lines whose parts are divided by tabs: "trust PATH" (a
 * certificate that is trusted, PEM or DER), "online" (certificates' own addresses are asked for
 * revocation), "at TIME" (ISO 8601, instead of now), "file PATH [ORIGINAL]" (the file that a
 * detached signature covers); an empty line ends a question, and the next one begins anew. Prints a
 * line of JSON for each file and an empty line. Run as one source file; its class path are DSS's
 * jars.
 */
public final class Judge {
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String[]> question = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty()) {
        question.add(line.split("\t"));
        continue;
      }
      answer(question, out);
      out.println();
      question.clear();
    }
  }

  private static void answer(List<String[]> question, PrintStream out) {
    CommonTrustedCertificateSource trust = new CommonTrustedCertificateSource();
    boolean online = false;
    Date at = null;
    List<String[]> files = new ArrayList<>();
    for (String[] parts : question) {
      switch (parts[0]) {
        case "trust" -> trust.addCertificate(DSSUtils.loadCertificate(new File(parts[1])));
        case "online" -> online = true;
        case "at" -> at = Date.from(Instant.parse(parts[1]));
        case "file" -> files.add(parts);
        default -> throw new IllegalArgumentException(String.join("\t", parts));
      }
    }
    for (String[] parts : files) {
      out.println(json(judged(parts, verifier(trust, online), at)));
    }
  }

  private static CertificateVerifier verifier(
      CommonTrustedCertificateSource trust, boolean online) {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);
    verifier.setTrustedCertSources(trust);
    if (online) {
      verifier.setOcspSource(new OnlineOCSPSource(new NativeHTTPDataLoader()));
      verifier.setCrlSource(new OnlineCRLSource(new NativeHTTPDataLoader()));
    }
    return verifier;
  }

  private static Map<String, Object> judged(String[] parts, CertificateVerifier verifier, Date at) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("file", parts[1]);
    try {
      SignedDocumentValidator validator =
          SignedDocumentValidator.fromDocument(new FileDocument(parts[1]));
      validator.setCertificateVerifier(verifier);
      validator.setLocale(Locale.ENGLISH);
      validator.setValidationTime(at);
      if (parts.length > 2) {
        validator.setDetachedContents(List.of(new FileDocument(parts[2])));
      }
      Reports reports = validator.validateDocument();
      DiagnosticData data = reports.getDiagnosticData();
      SimpleReport report = reports.getSimpleReport();
      found.put(
          "contents", data.isContainerInfoPresent() ? data.getContainerContentFilenames() : null);
      List<Object> signatures = new ArrayList<>();
      for (SignatureWrapper one : data.getSignatures()) {
        signatures.add(signature(one, report));
      }
      found.put("signatures", signatures);
      List<Object> stamps = new ArrayList<>();
      for (TimestampWrapper one : data.getTimestampList()) {
        stamps.add(stamp(one, report));
      }
      found.put("stamps", stamps);
    } catch (RuntimeException error) { // what a broken file does is a verdict too
      found.put("fault", String.valueOf(error));
    }
    return found;
  }

  private static Map<String, Object> signature(SignatureWrapper one, SimpleReport report) {
    Map<String, Object> found = verdict(one.getId(), report);
    found.put("level", String.valueOf(one.getSignatureFormat()));
    found.put("signer", report.getSignedBy(one.getId()));
    found.put("time", one.getClaimedSigningTime());
    found.put("files", names(one.getSignatureScopes()));
    return found;
  }

  private static Map<String, Object> stamp(TimestampWrapper one, SimpleReport report) {
    Map<String, Object> found = verdict(one.getId(), report);
    found.put("level", String.valueOf(one.getType()));
    found.put("signer", report.getProducedBy(one.getId()));
    found.put("time", one.getProductionTime());
    found.put("files", names(one.getTimestampScopes()));
    return found;
  }

  private static Map<String, Object> verdict(String id, SimpleReport report) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("indication", String.valueOf(report.getIndication(id)));
    Object sub = report.getSubIndication(id);
    found.put("sub", sub == null ? null : sub.toString());
    found.put("errors", texts(report.getAdESValidationErrors(id)));
    found.put("warnings", texts(report.getAdESValidationWarnings(id)));
    return found;
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::getValue).toList();
  }

  private static List<String> names(List<XmlSignatureScope> scopes) {
    return scopes == null ? List.of() : scopes.stream().map(XmlSignatureScope::getName).toList();
  }

  private static String json(Object value) {
    if (value == null || value instanceof Boolean) {
      return String.valueOf(value);
    }
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((key, one) -> parts.add(json(key) + ":" + json(one)));
      return "{" + String.join(",", parts) + "}";
    }
    if (value instanceof Collection<?> list) {
      return "[" + String.join(",", list.stream().map(Judge::json).toList()) + "]";
    }
    String text = value instanceof Date time ? time.toInstant().toString() : value.toString();
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            one ->
                quoted.append(
                    one < 32 || one == '"' || one == '\\'
                        ? String.format("\\u%04x", one)
                        : String.valueOf((char) one)));
    return quoted.append('"').toString();
  }
}
