import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Says which OWL 2 profiles ontologies keep to. Arguments: files in RDF/XML, without imports.
 * Prints a line per file and profile, with tabs: file, profile, in or out, number of violations, their kinds.
 */
public final class ProfileCheck {

    private static final OWLProfile[] PROFILES = {new OWL2DLProfile(), new OWL2RLProfile()};

    private ProfileCheck() {
    }

    public static void main(String[] names) throws Exception {
        for (String name : names) {
            File file = new File(name);
            OWLOntology read = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(file);
            for (OWLProfile profile : PROFILES) {
                System.out.println(file.getName() + "\t" + describe(profile, profile.checkOntology(read)));
            }
        }
    }

    private static String describe(OWLProfile profile, OWLProfileReport report) {
        Map<String, Integer> kinds = new TreeMap<>();
        for (OWLProfileViolation violation : report.getViolations()) {
            kinds.merge(violation.getClass().getSimpleName(), 1, Integer::sum);
        }
        String verdict = report.isInProfile() ? "in" : "out";
        return profile.getName() + "\t" + verdict + "\t" + report.getViolations().size() + "\t" + kinds;
    }
}
